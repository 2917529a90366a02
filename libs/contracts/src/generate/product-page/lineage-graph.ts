import { isStream } from '../../contract-kind';
import { customValue } from '../../das-properties';
import { allProperties } from '../../property-path';
import type { OdcsDocument, OdcsTable } from '../../odcs';
import { sourceTitle } from '../../stream-source';

/** What a product's tables are made from, as a Mermaid graph: sources, streams, steps on the way, tables. */
export function lineageGraph(document: OdcsDocument, documents: readonly OdcsDocument[]): readonly string[] {
  const edges = document.schema.flatMap((table) =>
    sourcesOf(table).map((source) => [source, table.name] as const),
  );
  const named = new Set(edges.flatMap((edge) => [...edge]));
  const streams = documents.filter(isStream).filter(({ name }) => named.has(name));
  const origins = streams.flatMap((stream) => {
    const source = customValue(stream, 'das.collector')?.source;
    return source === undefined ? [] : [[sourceTitle(source), stream.name] as const];
  });
  const all = [...origins, ...edges];
  const nodes = [...new Set(all.flatMap((edge) => [...edge]))];
  const id = (name: string): string => `n${nodes.indexOf(name)}`;
  const own = new Set(document.schema.map(({ name }) => name));
  return [
    '```mermaid',
    'flowchart LR',
    ...nodes.map((name) => `  ${id(name)}${own.has(name) ? `[["${label(name)}"]]` : `["${label(name)}"]`}`),
    ...all.map(([from, to]) => `  ${id(from)} --> ${id(to)}`),
    '```',
  ];
}

/** Tables and streams whose columns its own are computed from; not itself. */
function sourcesOf(table: OdcsTable): readonly string[] {
  const names = allProperties(table.properties).flatMap(({ transformSourceObjects = [] }) =>
    transformSourceObjects.map((source) => source.replace(/\..*/, '')),
  );
  return [...new Set(names)].filter((name) => name !== table.name).sort();
}

function label(name: string): string {
  return name.replaceAll('"', '#quot;');
}
