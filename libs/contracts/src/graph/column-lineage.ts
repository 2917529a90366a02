import { isProduct, isStream } from '../contract-kind';
import { customValue } from '../das-properties';
import type { OdcsDocument, OdcsProperty } from '../odcs';
import { highestClass } from '../property-path';
import { phiKind } from '../protected-properties';
import { silverColumns } from '../silver-columns';
import { byName } from './contract-lineage';
import type { Lineage, LineageEdge, LineageNode } from './lineage';

/** Columns of SILVER that are made of when the event says that it happened. */
const FROM_EVENT_TS = ['happened_at', 'is_late', 'is_clock_ahead'];

/**
 * Which column is made from which, by `transformSourceObjects`. A stream's column is named by its path in the event, also
 * where a product names the column of SILVER; what is within an object is a source of the whole.
 */
export function columnLineage(documents: readonly OdcsDocument[]): Lineage {
  const found = new Columns();
  for (const document of documents) {
    if (isStream(document)) found.addStream(document);
    if (isProduct(document)) found.addProduct(document);
  }
  return found.lineage();
}

class Columns {
  private readonly nodes = new Map<string, LineageNode>();
  private readonly edges: LineageEdge[] = [];
  /** What a name of SILVER stands for. */
  private readonly aliases = new Map<string, string>();

  addStream(document: OdcsDocument): void {
    const { name: stream, schema } = document;
    for (const property of schema[0]?.properties ?? []) this.addProperty(stream, property, document);
    const envelope = customValue(document, 'das.collector')?.envelope;
    const paths: Readonly<Record<string, string | undefined>> = {
      event_id: envelope?.eventId,
      event_type: envelope?.eventType,
      event_ts: envelope?.eventTs,
    };
    const links = linksOf(schema[0]?.properties ?? [], '');
    for (const { name, path: leaf, classification, kind, link } of silverColumns(document)) {
      const path = leaf?.join('.') ?? paths[name];
      if (path !== undefined) {
        if (path !== name) this.aliases.set(`${stream}.${name}`, `${stream}.${path}`);
        continue;
      }
      this.add(`${stream}.${name}`, document, { classification, phi: kind ?? null });
      const source = FROM_EVENT_TS.includes(name) ? paths.event_ts : links.get(link ?? '');
      if (source !== undefined) this.edges.push({ from: `${stream}.${source}`, to: `${stream}.${name}` });
    }
  }

  addProduct(document: OdcsDocument): void {
    for (const table of document.schema)
      for (const property of table.properties) {
        const to = `${table.name}.${property.name}`;
        this.add(to, document, factsOf(property));
        for (const from of property.transformSourceObjects ?? []) this.edges.push({ from, to });
      }
  }

  lineage(): Lineage {
    const edges = this.edges.map(({ from, to }) => ({ from: this.aliases.get(from) ?? from, to }));
    for (const { from } of edges)
      if (!this.nodes.has(from))
        // A table that services write.
        this.nodes.set(from, { ...NOTHING_SAID, name: from, kind: 'column' });
    return { nodes: [...this.nodes.values()].sort(byName), edges };
  }

  private addProperty(parent: string, property: OdcsProperty, document: OdcsDocument): void {
    const name = `${parent}.${property.name}`;
    this.add(name, document, factsOf(property));
    for (const part of property.properties ?? property.items?.properties ?? []) {
      this.addProperty(name, part, document);
      this.edges.push({ from: `${name}.${part.name}`, to: name });
    }
  }

  private add(
    name: string,
    { name: contract, version }: OdcsDocument,
    facts: Pick<LineageNode, 'classification' | 'phi'>,
  ): void {
    this.nodes.set(name, { name, kind: 'column', contract, version, ...facts });
  }
}

const NOTHING_SAID = { contract: null, version: null, classification: null, phi: null } as const;

function factsOf(property: OdcsProperty): Pick<LineageNode, 'classification' | 'phi'> {
  return { classification: highestClass([property]), phi: phiKind(property) ?? null };
}

/** The path of the property that each link is made of. */
function linksOf(properties: readonly OdcsProperty[], parent: string): ReadonlyMap<string, string> {
  return new Map(
    properties.flatMap((property): (readonly [string, string])[] => {
      const link = customValue(property, 'das.link');
      const path = `${parent}${property.name}`;
      return [
        ...(link === undefined ? [] : [[link, path] as const]),
        ...linksOf(property.properties ?? [], `${path}.`),
      ];
    }),
  );
}
