import { Failure, type Position } from '@das/pipeline';

/** The byte offset a position stands for. */
export function offsetOf(position: Position): number {
  const offset = /^\d{1,16}$/.test(position) ? Number(position) : NaN;
  if (Number.isSafeInteger(offset)) return offset;
  throw new Failure('setup', 'journal_position_invalid', 'a position is not a byte offset of a journal', {
    cure: 'the channel or the checkpoint was written for another source: give the collector another name',
  });
}
