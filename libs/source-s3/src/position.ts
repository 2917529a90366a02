import { Failure, type Position } from '@das/pipeline';

/** The end of an object whose number of lines is not known. */
export const END: Position = 'end';

/** How many lines there are up to and including the position; the first line is 1. */
export function lineOf(position: Position): number {
  if (position === END) return Infinity;
  const line = /^\d{1,15}$/.test(position) ? Number(position) : NaN;
  if (!Number.isNaN(line)) return line;
  throw new Failure('setup', 's3_position_invalid', 'a position is not the number of a line', {
    cure: 'the channel or the ledger was written for another source: give the collector another name',
  });
}

/** Negative when `a` is before `b`. */
export function comparePositions(a: Position, b: Position): number {
  return a === b ? 0 : lineOf(a) - lineOf(b);
}
