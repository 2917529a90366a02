import { Failure, type Position } from '@das/pipeline';

/** A sequence number has 56 digits today, and no zeros in front. */
const POSITION = /^(\d{1,80}):(\d{1,10})$/;

/**
 * `<sequence number>:<sub-sequence>`: user records of one aggregate share a sequence number, and are counted from 0.
 * Sequence numbers grow over the life of a stream, and beyond it: one that is made anew begins with greater ones.
 */
export function positionOf(sequence: string, sub: number): Position {
  return `${sequence}:${sub}`;
}

/** The position before a sequence number, and after every earlier record. */
export function justBefore(sequence: string): Position {
  return positionOf(String(BigInt(sequence) - 1n), 0);
}

/** A position after this one, and before every later record. */
export function justAfter(position: Position): Position {
  const [sequence, sub] = parts(position);
  return positionOf(sequence, Number(sub) + 1);
}

export function sequenceOf(position: Position): string {
  return parts(position)[0];
}

/** Negative when `a` is before `b`. @throws Failure setup for what is no position of Kinesis */
export function comparePositions(a: Position, b: Position): number {
  const [sequenceA, subA] = parts(a);
  const [sequenceB, subB] = parts(b);
  return compareNumbers(sequenceA, sequenceB) || Number(subA) - Number(subB);
}

/** Numbers without zeros in front compare by their length, then as texts. */
function compareNumbers(a: string, b: string): number {
  if (a.length !== b.length) return a.length - b.length;
  return a < b ? -1 : a > b ? 1 : 0;
}

function parts(position: Position): readonly [sequence: string, sub: string] {
  const [, sequence, sub] = POSITION.exec(position) ?? [];
  if (sequence !== undefined && sub !== undefined) return [sequence, sub];
  throw new Failure('setup', 'kinesis_position_invalid', 'a position is none of a Kinesis shard', {
    cure: 'the channel or the lease was written for another source: give the collector another name',
  });
}
