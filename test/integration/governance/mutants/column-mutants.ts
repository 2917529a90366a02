import { customOf, customPath, type Mutant, type mutate, type Node, type Path } from './mutant';

type Make = (what: string, change: Parameters<typeof mutate>[3]) => Mutant;

interface Place {
  readonly node: Node;
  readonly at: Path;
  /** Dotted, for people. */
  readonly path: string;
}

/** Each weakening of one column, or of one property of an event. */
export function columnMutants({ node, at, path }: Place, table: string, make: Make): readonly Mutant[] {
  const name = `${table}.${path}`;
  const isSensitive = node.classification === 'pii' || node.classification === 'phi';
  const isLeaf = node.properties === undefined && node.items === undefined;
  const mutants: Mutant[] = [
    make(`${name} has no class`, (yaml) => {
      yaml.deleteIn([...at, 'classification']);
    }),
  ];
  if (node.classification !== 'public')
    mutants.push(
      make(`${name} is public`, (yaml) => {
        yaml.setIn([...at, 'classification'], 'public');
      }),
    );
  if (isSensitive)
    mutants.push(
      make(`${name} is internal`, (yaml) => {
        yaml.setIn([...at, 'classification'], 'internal');
      }),
    );
  if (node.required === true)
    mutants.push(
      make(`${name} is optional`, (yaml) => {
        yaml.setIn([...at, 'required'], false);
      }),
    );
  if (isLeaf && isSensitive) mutants.push(...protectionMutants(node, at, name, make));
  if (Array.isArray(customOf(node, 'das.enum'))) mutants.push(...enumMutants(node, at, name, make));
  return mutants;
}

function protectionMutants(node: Node, at: Path, name: string, make: Make): readonly Mutant[] {
  const mutants: Mutant[] = [
    make(`${name} is of no kind`, (yaml) => {
      yaml.deleteIn([...at, 'tags']);
    }),
    make(`${name} is of another kind`, (yaml) => {
      yaml.setIn([...at, 'tags'], [node.tags?.includes('phi:ip') === true ? 'phi:card' : 'phi:ip']);
    }),
  ];
  const mask = customPath(node, at, 'das.mask');
  if (mask !== undefined)
    mutants.push(
      make(`${name} has no mask`, (yaml) => {
        yaml.deleteIn(mask);
      }),
    );
  // `nothing` is the strictest: every other form says more.
  const form = customOf(node, 'das.mask');
  if (mask !== undefined && typeof form === 'string')
    mutants.push(
      make(`${name} is masked in another form`, (yaml) => {
        yaml.setIn([...mask, 'value'], form === 'last2' ? 'initials' : 'last2');
      }),
    );
  const clear = customPath(node, at, 'das.clearFor');
  if (clear !== undefined)
    mutants.push(
      make(`${name} is clear for one more role`, (yaml) => {
        yaml.addIn([...clear, 'value'], 'ANALYST_COMMERCE');
      }),
    );
  const protect = customPath(node, at, 'das.protect');
  const protection = customOf(node, 'das.protect');
  if (protect !== undefined && protection !== 'clear')
    mutants.push(
      make(`${name} lands in clear`, (yaml) => {
        yaml.setIn([...protect, 'value'], 'clear');
      }),
    );
  if (protect !== undefined)
    mutants.push(
      make(`${name} says nothing of what lands`, (yaml) => {
        yaml.deleteIn(protect);
      }),
    );
  return mutants;
}

function enumMutants(node: Node, at: Path, name: string, make: Make): readonly Mutant[] {
  const values = customPath(node, at, 'das.enum');
  if (values === undefined) return [];
  return [
    make(`${name} takes one more value`, (yaml) => {
      yaml.addIn([...values, 'value'], 'OTHER');
    }),
    make(`${name} takes one value less`, (yaml) => {
      yaml.deleteIn([...values, 'value', 0]);
    }),
  ];
}
