import type { PropertyPath } from '@das/contracts';

/** What is protected, as the way to it through a document. */
export interface ProtectedNode<T> {
  /** Set: what is here is protected as a whole. */
  readonly leaf: T | undefined;
  readonly keys: readonly ProtectedKey<T>[];
  /** Each item of an array. */
  readonly items: ProtectedNode<T> | undefined;
}

export interface ProtectedKey<T> {
  readonly name: string;
  /** The name as JSON writes it without need: declared names have nothing to escape. */
  readonly bytes: Uint8Array;
  readonly node: ProtectedNode<T>;
}

type Entry<T> = readonly [path: PropertyPath, leaf: T];

/** Compiles paths into a tree: what many have in common is walked once. */
export function protectedTree<T>(entries: readonly Entry<T>[]): ProtectedNode<T> {
  const leaf = entries.find(([path]) => path.length === 0)?.[1];
  const below = new Map<string, Entry<T>[]>();
  for (const [path, value] of entries) {
    const [key, ...rest] = path;
    if (key === undefined) continue;
    below.set(key, [...(below.get(key) ?? []), [rest, value]]);
  }
  const items = below.get('[]');
  below.delete('[]');
  return {
    leaf,
    keys: [...below].map(([name, rest]) => ({ name, bytes: Buffer.from(name), node: protectedTree(rest) })),
    items: items === undefined ? undefined : protectedTree(items),
  };
}

const BACKSLASH = 0x5c;

/** The key whose name stands between two positions, quotes excluded, in whatever spelling. */
export function keyAt<T>(
  { keys }: ProtectedNode<T>,
  bytes: Uint8Array,
  start: number,
  end: number,
): ProtectedKey<T> | undefined {
  for (const key of keys) if (isSame(key.bytes, bytes, start, end)) return key;
  for (let at = start; at < end; at++) {
    if (bytes[at] !== BACKSLASH) continue;
    const name = JSON.parse(`"${Buffer.from(bytes.subarray(start, end)).toString('utf8')}"`) as string;
    return keys.find((key) => key.name === name);
  }
  return undefined;
}

function isSame(name: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  if (name.length !== end - start) return false;
  for (let at = 0; at < name.length; at++) if (name[at] !== bytes[start + at]) return false;
  return true;
}
