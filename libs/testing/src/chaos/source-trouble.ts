import type { Random } from '../events/random';

/** One kind of trouble that a source has, whoever reads it. */
export interface SourceTrouble {
  readonly name: string;
  /** How often it comes per deck. */
  readonly weight: number;
  /** Makes it. @returns what exactly was done */
  make(random: Random): Promise<string>;
}

/** A whole number, for so many milliseconds. */
export function between(random: Random, from: number, to: number): number {
  return from + random.below(to - from);
}
