import { isProduct, isStream } from '../contract-kind';
import { customValue } from '../das-properties';
import { OPS_TABLES } from '../generate/ops-ddl';
import type { OdcsDocument } from '../odcs';
import { highestClass } from '../property-path';
import type { Lineage, LineageEdge, LineageNode } from './lineage';

/** Which contract is made from which, by the tables that `das.lineage` names. */
export function contractLineage(documents: readonly OdcsDocument[]): Lineage {
  const nodes = new Map<string, LineageNode>(documents.map((document) => [document.name, nodeOf(document)]));
  const writers = new Map(
    documents.flatMap((document) =>
      (lineage(document)?.outputs ?? []).map((table) => [table, document.name]),
    ),
  );
  const edges = new Map<string, LineageEdge>();
  for (const { name: to, ...document } of documents)
    for (const input of lineage(document)?.inputs ?? []) {
      const from = writers.get(input) ?? input;
      if (!nodes.has(from)) nodes.set(from, outsideNode(from));
      // Several tables of one product are one edge.
      edges.set(`${from} ${to}`, { from, to });
    }
  return { nodes: [...nodes.values()].sort(byName), edges: [...edges.values()] };
}

export function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : 1;
}

function lineage(document: Pick<OdcsDocument, 'customProperties'>) {
  return customValue(document, 'das.lineage');
}

function nodeOf(document: OdcsDocument): LineageNode {
  const columns = document.schema.flatMap(({ properties }) => properties);
  return {
    name: document.name,
    kind: isProduct(document) && !isStream(document) ? 'product' : 'stream',
    contract: document.name,
    version: document.version,
    classification: highestClass(columns),
    phi: null,
  };
}

/** What no contract makes: a topic, or a table that services write. */
function outsideNode(name: string): LineageNode {
  const isService = OPS_TABLES.some((table) => name.endsWith(`.OPS.${table.name}`));
  return {
    name,
    kind: isService ? 'service' : 'source',
    contract: null,
    version: null,
    classification: null,
    phi: null,
  };
}
