import type { Lineage, LineageNode, OdcsDocument } from '@das/contracts';
import { leafOf, Places, type Leaf } from './places';
import type { TracedTable } from './traced-table';

/**
 * Which column is made from which, as SQL makes them: by the names that contracts use, down to paths in events. Of a column of
 * SILVER, which is what stands at its path, only the path is shown.
 */
export function tracedLineage(documents: readonly OdcsDocument[], traced: readonly TracedTable[]): Lineage {
  const places = new Places(documents);
  const nodes = new Map<string, LineageNode>();
  const edges = new Map<string, Lineage['edges'][number]>();
  const add = (leaf: Leaf): string => {
    const name = places.referenceOf(leaf);
    const { contract, classification, kind } = places.sourceOf(leaf);
    const facts = { classification, phi: kind ?? null };
    const of = { contract: contract?.name ?? null, version: contract?.version ?? null };
    if (!nodes.has(name)) nodes.set(name, { name, kind: 'column', ...of, ...facts });
    return name;
  };
  for (const { table, columns } of traced)
    for (const [column, made] of Object.entries(columns)) {
      const to = add({ table, column, path: [] });
      for (const from of [...made.of, ...made.by].map((leaf) => add(leafOf(leaf))))
        if (from !== to) edges.set(`${from} ${to}`, { from, to });
    }
  return {
    nodes: [...nodes.values()].sort((one, other) => (one.name < other.name ? -1 : 1)),
    edges: [...edges.values()],
  };
}
