import type { Checkpoint, LogBounds, Position } from '@das/pipeline';
import type { StreamFacts } from './kinesis-api';
import { comparePositions, justAfter, justBefore } from './position';
import type { Shard } from './shard';
import type { FirstRecord } from './shard-log';

/** What is trimmed, and when exactly, is the service's to decide. */
const MARGIN_MS = 60_000;
/** After every position: something may come, and nobody has seen the end. */
const ENDLESS: Position = `${'9'.repeat(80)}:0`;

export interface BoundsFacts {
  readonly nowMs: number;
  readonly stream: StreamFacts;
  readonly shard: Shard;
  readonly first: FirstRecord | undefined;
  /** The last record's position, as far as it is known. */
  readonly last: Position | undefined;
  readonly checkpoint: Checkpoint | undefined;
  /** Every record after the checkpoint arrived then or later. */
  readonly nothingBeforeMs: number | undefined;
}

/**
 * What of a shard can be read. Sequence numbers have holes, so none tells whether one before it was trimmed; only time
 * does. Nothing is missing after a position when all that came after it came within the retention: after the shard's
 * beginning, where the stream is young; after the checkpoint, by what was known when it was written.
 */
export function boundsOf(facts: BoundsFacts): LogBounds {
  const { shard, first, last, checkpoint } = facts;
  const beginning = justBefore(shard.start);
  // One that is earlier is of a stream of the same name that is no more.
  const own =
    checkpoint !== undefined && comparePositions(checkpoint.position, beginning) >= 0
      ? checkpoint.position
      : undefined;
  const whole = [
    ...(isKept(facts.stream.createdMs, facts) ? [beginning] : []),
    ...(own !== undefined && isKept(facts.nothingBeforeMs, facts) ? [own] : []),
  ];
  if (first !== undefined) {
    const before = [justBefore(first.sequence), ...whole].reduce(earlier);
    return { before, last: last === undefined || comparePositions(last, before) < 0 ? before : last };
  }
  if (own === undefined) return { before: beginning, last: beginning };
  // All is read, or all is gone. The channel may have come further than its checkpoint.
  return { before: whole.includes(own) ? own : justAfter(own), last: last ?? ENDLESS };
}

function isKept(ms: number | undefined, { nowMs, stream }: BoundsFacts): boolean {
  return ms !== undefined && ms > nowMs - stream.retentionMs + MARGIN_MS;
}

function earlier(a: Position, b: Position): Position {
  return comparePositions(a, b) <= 0 ? a : b;
}
