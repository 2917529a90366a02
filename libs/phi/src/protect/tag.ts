import type { JsonSchema, PropertyPath, StreamContract } from '@das/contracts';
import { probe, probeTree, type Probe } from './presence';

/** For PHI_TAGS: the declared tagged paths that an event has. The same paths are the same array. */
export type Tagger = (event: unknown) => readonly string[];

/** The answers so far; what follows is made when it is met. */
interface Branch {
  present?: Branch;
  absent?: Branch;
  tags?: readonly string[];
}

/** Whoever sends every combination of optional properties must not fill the memory with their tags. */
const MAX_BRANCHES = 10_000;

/**
 * Tags by a contract. Events of a stream have few combinations of paths, so a list is made once for each and found
 * again by what was found.
 */
export function createTagger(contract: StreamContract): Tagger {
  const probes = probesOf(contract).map((one, index): Probe => ({ ...one, index }));
  const tree = probeTree(probes);
  const found = new Uint8Array(probes.length);
  let root: Branch = {};
  let branches = 0;

  return (event) => {
    found.fill(0);
    probe(event, tree, found);
    let at = root;
    for (const { index } of probes) {
      const side = found[index] === 1 ? 'present' : 'absent';
      let next = at[side];
      if (next === undefined) {
        next = at[side] = {};
        branches++;
      }
      at = next;
    }
    const tags = (at.tags ??= probes.filter(({ index }) => found[index] === 1).map(nameOf));
    if (branches > MAX_BRANCHES) {
      root = {};
      branches = 0;
    }
    return tags;
  };
}

/** A tag's path, as PHI_TAGS and reports write it: `customer.email`, `items[].note`. */
export function tagOf(path: PropertyPath): string {
  return path.join('.').replaceAll('.[]', '[]');
}

function nameOf({ path, declared }: Probe): string {
  return tagOf(declared === undefined ? path : [...path, '*']);
}

function probesOf(contract: StreamContract): readonly Omit<Probe, 'index'>[] {
  const declared = contract.phi.map(({ path }) => ({ path }));
  // Where fields may be undeclared: nobody classified what stands beside PHI, so readers are denied it.
  if (contract.unknownFields !== 'evolve') return declared;
  const undeclared = containersOf(contract).map((path) => ({
    path,
    declared: new Set(Object.keys(propertiesAt(contract.schema, path))),
  }));
  return [...declared, ...undeclared];
}

/** The objects that hold something personal, at any depth; the event itself is none. */
function containersOf({ phi }: StreamContract): readonly PropertyPath[] {
  const containers = new Map<string, PropertyPath>();
  for (const { path, classification } of phi) {
    if (classification !== 'pii' && classification !== 'phi') continue;
    for (let length = 1; length < path.length; length++) {
      const container = path.slice(0, length);
      // An array has items, and no names of its own.
      if (path[length] !== '[]') containers.set(tagOf(container), container);
    }
  }
  return [...containers.values()];
}

function propertiesAt(schema: JsonSchema, path: PropertyPath): Readonly<Record<string, unknown>> {
  let at: JsonSchema = schema;
  for (const key of path) {
    at = (key === '[]' ? at.items : (at.properties as JsonSchema | undefined)?.[key]) as JsonSchema;
  }
  return at.properties as Readonly<Record<string, unknown>>;
}
