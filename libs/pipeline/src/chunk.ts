import type { OffsetToken } from './offset-token';
import { formatToken, tokenOf } from './offset-token';
import type { RowBatch } from './ports/sink';
import type { SourceRecord } from './ports/source';
import { RowBuffer } from './row-buffer';

/** Rows on their way into one append, and the positions that they stand for. */
export class Chunk {
  private first: SourceRecord | undefined;
  private last: SourceRecord | undefined;

  /** @param startedMs - when its first record was read, epoch milliseconds */
  constructor(
    readonly startedMs: number,
    readonly rows = new RowBuffer(),
  ) {}

  /** The record was settled, with or without a row: the chunk's token will cover it. */
  covers(record: SourceRecord): void {
    this.first ??= record;
    this.last = record;
  }

  /** When the source took the last record, as far as it knows; epoch milliseconds. */
  get sourceMs(): number {
    return this.last?.timestampMs ?? this.startedMs;
  }

  get end(): OffsetToken {
    if (this.last === undefined) throw new Error('a chunk that covers nothing has no end');
    return tokenOf(this.last);
  }

  batch(): RowBatch {
    if (this.first === undefined) throw new Error('a chunk that covers nothing cannot be appended');
    return {
      rows: this.rows.view(),
      rowCount: this.rows.rowCount,
      startToken: formatToken(tokenOf(this.first)),
      endToken: formatToken(this.end),
    };
  }
}
