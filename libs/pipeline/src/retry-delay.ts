const FIRST_MS = 50;
const LONGEST_MS = 5_000;

/**
 * Exponential from 50 ms to 5 s. The first retry is quick, because the commonest cause is a channel that only
 * needs to be opened again; none is the last, because giving up would strand the partition: every attempt is
 * counted and the collector is not ready meanwhile. The longest wait is short enough that, however long an outage
 * was, everything goes on within ten seconds of its end.
 */
export function retryDelayMs(attemptsBefore: number): number {
  return Math.min(LONGEST_MS, FIRST_MS * 2 ** attemptsBefore);
}
