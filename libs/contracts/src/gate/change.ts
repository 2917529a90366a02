import type { ContractTree } from '../diff/diff-trees';
import type { Raw } from '../diff/raw';
import { readRaw } from '../diff/read-raw';

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

export function read(tree: ContractTree, path: string): Raw | undefined {
  const source = tree.get(path);
  return source && readRaw(source);
}
