import type { Family } from '../corpus-case';
import { BIRTH_DATE_HELD_OUT } from './birth-dates';
import { EMAIL_HELD_OUT, PHONE_HELD_OUT } from './contacts';
import { CARD_HELD_OUT, MRN_HELD_OUT, NPI_HELD_OUT, SSN_HELD_OUT } from './identifiers';
import { MIXED_HELD_OUT } from './mixed';
import { NEAR_MISSES_HELD_OUT } from './near-misses';

/** The part that no detector was tuned on: written before the first detector, and its failures are not looked at. */
export const HELD_OUT: readonly Family[] = [
  ...SSN_HELD_OUT,
  ...MRN_HELD_OUT,
  ...NPI_HELD_OUT,
  ...CARD_HELD_OUT,
  ...EMAIL_HELD_OUT,
  ...PHONE_HELD_OUT,
  ...BIRTH_DATE_HELD_OUT,
  ...MIXED_HELD_OUT,
  ...NEAR_MISSES_HELD_OUT,
];
