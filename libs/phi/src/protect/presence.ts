import type { PropertyPath } from '@das/contracts';

const ITEMS = '[]';

/** The places of an object that are looked at, and what each tells. */
export interface ProbeNode {
  /** Of a value here that is not null: its number in the answer. */
  readonly leaf: number | undefined;
  readonly keys: readonly ProbeKey[];
  readonly items: ProbeNode | undefined;
  /** Of a name here that is none of `declared`: its number. */
  readonly undeclared: { readonly index: number; readonly declared: ReadonlySet<string> } | undefined;
}

interface ProbeKey {
  readonly name: string;
  readonly node: ProbeNode;
}

/** What is looked for: a value at a path, or, with `declared`, an undeclared name in the object at a path. */
export interface Probe {
  readonly index: number;
  readonly path: PropertyPath;
  readonly declared?: ReadonlySet<string>;
}

/** Compiles probes into one walk: a container that many of them lie in is entered once. */
export function probeTree(probes: readonly Probe[]): ProbeNode {
  const here = probes.filter(({ path }) => path.length === 0);
  const below = (wanted: string): readonly Probe[] =>
    probes.filter(({ path }) => path[0] === wanted).map((probe) => ({ ...probe, path: probe.path.slice(1) }));
  const names = new Set(probes.flatMap(({ path }) => path.slice(0, 1)));
  const undeclared = here.find(({ declared }) => declared !== undefined);
  return {
    leaf: here.find(({ declared }) => declared === undefined)?.index,
    keys: [...names].filter((name) => name !== ITEMS).map((name) => ({ name, node: probeTree(below(name)) })),
    items: names.has(ITEMS) ? probeTree(below(ITEMS)) : undefined,
    undeclared:
      undeclared?.declared === undefined
        ? undefined
        : { index: undeclared.index, declared: undeclared.declared },
  };
}

/** Marks in `found`, by their numbers, what is there. */
export function probe(value: unknown, node: ProbeNode, found: Uint8Array): void {
  // Null counts as nothing.
  if (value === undefined || value === null) return;
  if (node.leaf !== undefined) found[node.leaf] = 1;
  if (typeof value !== 'object') return;
  if (Array.isArray(value)) {
    if (node.items !== undefined) for (const item of value) probe(item, node.items, found);
    return;
  }
  const object = value as Readonly<Record<string, unknown>>;
  for (const { name, node: below } of node.keys) {
    const child = object[name];
    // Declared names are snake_case, and of those an object inherits one.
    if (child !== undefined && (name !== 'constructor' || Object.hasOwn(object, name)))
      probe(child, below, found);
  }
  const { undeclared } = node;
  if (undeclared === undefined || found[undeclared.index] === 1) return;
  for (const name in object) {
    if (undeclared.declared.has(name)) continue;
    found[undeclared.index] = 1;
    return;
  }
}
