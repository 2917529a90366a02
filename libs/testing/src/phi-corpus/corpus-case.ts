import type { Random } from '../events/random';

/** What the scan of undeclared text looks for. */
export type CorpusKind = 'ssn' | 'email' | 'phone' | 'mrn' | 'npi' | 'card' | 'date_of_birth';

/** A text, the name of the property that holds it, and every kind that a careful reader finds in it. */
export interface Labelled {
  readonly text: string;
  /** Undefined: a name that says nothing. */
  readonly key?: string | undefined;
  readonly kinds: readonly CorpusKind[];
}

/** Texts of one shape. A family belongs to one part of the corpus, whole: seeds alone make no other text. */
export interface Family {
  readonly name: string;
  readonly count: number;
  readonly make: (random: Random) => Labelled;
}

export interface CorpusCase extends Labelled {
  readonly part: 'tuning' | 'held-out';
  readonly family: string;
}

/** A family from texts that each hold the same kinds. */
export function family(
  name: string,
  count: number,
  kinds: readonly CorpusKind[],
  ...texts: readonly ((random: Random) => string)[]
): Family {
  return { name, count, make: (random) => ({ text: random.pick(texts)(random), kinds }) };
}

/** A family from values of named properties. */
export function keyed(
  name: string,
  count: number,
  kinds: readonly CorpusKind[],
  keys: readonly string[],
  ...texts: readonly ((random: Random) => string)[]
): Family {
  return {
    name,
    count,
    make: (random) => ({ key: random.pick(keys), text: random.pick(texts)(random), kinds }),
  };
}
