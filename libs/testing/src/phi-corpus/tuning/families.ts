import type { Family } from '../corpus-case';
import { BIRTH_DATES } from './birth-dates';
import { CONTACTS } from './contacts';
import { IDENTIFIERS } from './identifiers';
import { NEAR_MISSES } from './near-misses';

/** The part whose failures may be looked at. */
export const TUNING: readonly Family[] = [...IDENTIFIERS, ...CONTACTS, ...BIRTH_DATES, ...NEAR_MISSES];
