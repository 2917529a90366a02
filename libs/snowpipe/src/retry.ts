import type { SnowpipeLimits } from './settings';

const FIRST_BACKOFF_MS = 100;

export interface Tried {
  /** From 0. */
  readonly attempt: number;
  /** Since the first try began. */
  readonly elapsedMs: number;
  /** What the service asked for. */
  readonly retryAfterMs: number | undefined;
}

/**
 * How long to wait before the same request again: exponential with full jitter, on top of what the service
 * asked for, so that channels that were refused together do not come back together.
 * @param chance - from 0 to 1
 * @returns undefined: not again
 */
export function retryWaitMs(
  { attempt, elapsedMs, retryAfterMs = 0 }: Tried,
  limits: Pick<SnowpipeLimits, 'attempts' | 'retryForMs' | 'longestBackoffMs'>,
  chance: number,
): number | undefined {
  if (attempt + 1 >= limits.attempts) return undefined;
  const wait = retryAfterMs + chance * Math.min(limits.longestBackoffMs, FIRST_BACKOFF_MS * 2 ** attempt);
  return elapsedMs + wait > limits.retryForMs ? undefined : wait;
}

/** Seconds, or a date. @returns milliseconds from `nowMs` on; undefined for neither */
export function readRetryAfter(header: unknown, nowMs: number): number | undefined {
  if (typeof header !== 'string' || header === '') return undefined;
  const seconds = Number(header);
  const ms = Number.isNaN(seconds) ? Date.parse(header) - nowMs : seconds * 1000;
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}
