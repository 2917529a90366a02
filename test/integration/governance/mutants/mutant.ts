import { parseDocument, type Document } from 'yaml';

/** Everything below `contracts/` that people write: path below it → text. */
export type ContractFiles = ReadonlyMap<string, string>;

/** One weakening of one thing. */
export interface Mutant {
  /** Names what is weakened and how, such as `brook_commerce/orders: customer_email loses its mask`. */
  readonly name: string;
  /** The file that differs, and its text. */
  readonly file: string;
  readonly text: string;
}

/** A custom property or a property as YAML has it. */
export interface Node {
  readonly name?: string;
  readonly property?: string;
  readonly value?: unknown;
  readonly classification?: string;
  readonly tags?: readonly string[];
  readonly required?: boolean;
  readonly physicalName?: string;
  readonly properties?: readonly Node[];
  readonly items?: Node;
  readonly customProperties?: readonly Node[];
  readonly quality?: readonly Node[];
}

export type Path = readonly (string | number)[];

/** Makes a mutant by changing a document; a change that leaves the text as it was is a mistake of the generator. */
export function mutate(
  files: ContractFiles,
  file: string,
  what: string,
  change: (yaml: Document) => void,
): Mutant {
  const before = files.get(file);
  if (before === undefined) throw new Error(`there is no ${file}`);
  const same = read(before);
  const yaml = same.yaml.clone();
  change(yaml);
  const text = yaml.toString({ lineWidth: 0 });
  if (text === same.text) throw new Error(`${file}: ${what} changes nothing`);
  return { name: `${file}: ${what}`, file, text };
}

const known = new Map<string, { readonly yaml: Document; readonly text: string }>();

/** A file's document, and what is written of it unchanged: made once, since hundreds of mutants are of one file. */
function read(text: string): { readonly yaml: Document; readonly text: string } {
  const before = known.get(text);
  if (before !== undefined) return before;
  const yaml: Document = parseDocument(text);
  const made = { yaml, text: yaml.toString({ lineWidth: 0 }) };
  known.set(text, made);
  return made;
}

/** Where a custom property of a node stands; undefined: it has none of that name. */
export function customPath(node: Node, at: Path, name: string): Path | undefined {
  const index = node.customProperties?.findIndex(({ property }) => property === name) ?? -1;
  return index < 0 ? undefined : [...at, 'customProperties', index];
}

export function customOf(node: Node, name: string): unknown {
  return node.customProperties?.find(({ property }) => property === name)?.value;
}

/** Every property of a table, with those within it. */
export function* propertiesBelow(
  properties: readonly Node[],
  at: Path,
): Generator<{ node: Node; at: Path; path: string }> {
  for (const [index, node] of properties.entries()) yield* below(node, [...at, index], node.name ?? '?');
}

function* below(node: Node, at: Path, path: string): Generator<{ node: Node; at: Path; path: string }> {
  yield { node, at, path };
  for (const [index, child] of (node.properties ?? []).entries())
    yield* below(child, [...at, 'properties', index], `${path}.${child.name ?? '?'}`);
  if (node.items !== undefined) yield* below(node.items, [...at, 'items'], `${path}[]`);
}
