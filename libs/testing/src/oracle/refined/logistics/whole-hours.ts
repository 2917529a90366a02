import { MILLISECOND, type Instant } from '../instant';

const HOUR_MS = 3_600_000;

/** Between the milliseconds of two times, rounded down; null where one is not there, or the second is earlier. */
export function wholeHours(from: Instant | null, to: Instant | null): number | null {
  if (from === null || to === null || to < from) return null;
  return Math.floor((Math.floor(to / MILLISECOND) - Math.floor(from / MILLISECOND)) / HOUR_MS);
}
