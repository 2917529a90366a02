import { Random } from '../events/random';
import type { CorpusCase, Family } from './corpus-case';
import { HAND_WRITTEN } from './hand-written';
import { HELD_OUT } from './held-out/families';
import { TUNING } from './tuning/families';

const SEED = 20_261_124;

/** Every labelled text of a part, the same on every machine. */
export function makeCorpus(part: CorpusCase['part']): readonly CorpusCase[] {
  const families = part === 'tuning' ? TUNING : HELD_OUT;
  const random = new Random(part === 'tuning' ? SEED : SEED + 1);
  const made = families.flatMap((family) => casesOf(family, part, random));
  if (part === 'held-out') return made;
  return [...made, ...HAND_WRITTEN.map((one) => ({ ...one, part, family: 'hand-written' }))];
}

function casesOf(
  { name, count, make }: Family,
  part: CorpusCase['part'],
  random: Random,
): readonly CorpusCase[] {
  return Array.from({ length: count }, () => ({ ...make(random), part, family: name }));
}
