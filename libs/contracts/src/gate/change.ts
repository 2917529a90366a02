import { parse } from 'yaml';
import type { ContractTree } from '../diff/diff-trees';
import { isRaw, type Raw } from '../diff/raw';
import type { ContractText } from '../read-yaml';

/** Something that keeps a change from being merged, and what would let it pass. */
export interface GateFault {
  /** `<domain>/<name>`, or the file of roles or policies. */
  readonly contract: string;
  readonly rule: 'LINT' | 'VERSION' | 'SUNSET' | 'APPROVAL';
  readonly message: string;
  readonly cure: string;
}

export interface GateOptions {
  /** `YYYY-MM-DD` */
  readonly today: string;
  /** For how long the old version of something that breaks is served, at least. */
  readonly sunsetDays: number;
}

/** One contract, as it was and as it is; undefined: it is not there, or is not YAML. */
export interface Change {
  readonly contract: string;
  readonly before: Raw | undefined;
  readonly after: Raw | undefined;
}

/** Asked for again and again, and slow to parse. */
const parsed = new WeakMap<ContractText, { readonly value: Raw | undefined }>();

export function read(tree: ContractTree, path: string): Raw | undefined {
  const source = tree.get(path);
  if (source === undefined) return undefined;
  const known = parsed.get(source) ?? { value: parseRaw(source.text) };
  parsed.set(source, known);
  return known.value;
}

function parseRaw(text: string): Raw | undefined {
  try {
    const value: unknown = parse(text);
    return isRaw(value) ? value : undefined;
  } catch {
    // Lint says so.
    return undefined;
  }
}
