import type { PhiKind } from '@das/contracts';
import type { Random } from './random';

/** A synthetic value of each kind, which protection can take apart; addresses and numbers are reserved for examples. */
const SAMPLES: Readonly<Record<PhiKind, (random: Random) => string>> = {
  email: (random) => `sample.${random.below(1_000)}@example.com`,
  phone: (random) => `+1-202-555-01${String(random.below(100)).padStart(2, '0')}`,
  name: (random) => random.pick(['Ada Sample', 'Sam Example', 'Kim Specimen']),
  identifier: (random) => `id-${String(random.below(100_000)).padStart(6, '0')}`,
  date_of_birth: (random) => `${1930 + random.below(90)}-0${1 + random.below(9)}-1${random.below(10)}`,
  address: (random) => `${1 + random.below(99)} Sample Street`,
  postal_code: (random) => `0000${random.below(10)}`,
  free_text: (random) => `sample text ${random.below(1_000)}`,
  diagnosis: (random) => `Z0${random.below(10)}.${random.below(10)}`,
  procedure: (random) => `9921${random.below(10)}`,
  ip: (random) => `203.0.113.${1 + random.below(254)}`,
  card: () => '4111111111111111',
};

export function samplePhi(kind: PhiKind, random: Random): string {
  return SAMPLES[kind](random);
}
