import type { Classification } from '../stream-contract';

/** What lineage connects: where events come from, tables that services write, contracts, or their columns. */
export interface LineageNode {
  /** `orders`, `kafka:orders.v1`, `BROOK_COMMERCE.OPS.TOKEN_REKEYS`; of a column `orders.customer_email`. */
  readonly name: string;
  readonly kind: 'source' | 'service' | 'stream' | 'product' | 'column';
  /** The contract that it is or is of; null: none. */
  readonly contract: string | null;
  readonly version: string | null;
  /** Of a contract that of its most sensitive column; null where no contract says. */
  readonly classification: Classification | null;
  /** The kind of personal data that a column holds. */
  readonly phi: string | null;
}

/** `to` is made from `from`. */
export interface LineageEdge {
  readonly from: string;
  readonly to: string;
}

export interface Lineage {
  readonly nodes: readonly LineageNode[];
  readonly edges: readonly LineageEdge[];
}

export type Direction = 'upstream' | 'downstream';

/** A node with what comes next in a direction. What was shown already is not shown again with all that follows it. */
export interface LineageTree {
  readonly node: LineageNode;
  readonly isShownAbove: boolean;
  readonly next: readonly LineageTree[];
}

/** What a node is made from, or what is made of it, down to the last. @throws Error where there is no such node */
export function lineageTree(lineage: Lineage, name: string, direction: Direction): LineageTree {
  return grower(lineage, direction)(name);
}

/** All of it, from where it begins. */
export function lineageForest(lineage: Lineage): readonly LineageTree[] {
  const made = new Set(lineage.edges.map(({ to }) => to));
  const roots = lineage.nodes.filter(({ name }) => !made.has(name)).map(({ name }) => name);
  return roots.map(grower(lineage, 'downstream'));
}

/** The part of it that a tree shows. */
export function lineagePart(lineage: Lineage, name: string, direction: Direction): Lineage {
  const reached = new Set<string>();
  const visit = ({ node, next }: LineageTree): void => {
    reached.add(node.name);
    next.forEach(visit);
  };
  visit(lineageTree(lineage, name, direction));
  return {
    nodes: lineage.nodes.filter((node) => reached.has(node.name)),
    edges: lineage.edges.filter(({ from, to }) => reached.has(from) && reached.has(to)),
  };
}

/** Grows one tree after another, each of what none before it has shown. */
function grower({ nodes, edges }: Lineage, direction: Direction): (name: string) => LineageTree {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const next = new Map<string, string[]>();
  for (const { from, to } of edges) {
    const [here, there] = direction === 'upstream' ? [to, from] : [from, to];
    next.set(here, [...(next.get(here) ?? []), there]);
  }
  const shown = new Set<string>();
  const grow = (name: string): LineageTree => {
    const node = byName.get(name);
    if (node === undefined) throw new Error(`there is no ${name} in the lineage`);
    const followers = next.get(name) ?? [];
    const isShownAbove = shown.has(name) && followers.length > 0;
    shown.add(name);
    return { node, isShownAbove, next: isShownAbove ? [] : followers.map(grow) };
  };
  return grow;
}
