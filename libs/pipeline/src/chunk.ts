import { formatToken, type TokenMaker } from './offset-token';
import type { RowBatch } from './ports/sink';
import type { Position, SourceRecord } from './ports/source';
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

  /** @returns the append, and the position up to which it goes */
  batch(tokens: TokenMaker): { readonly batch: RowBatch; readonly end: Position } {
    const { first, last } = this;
    if (first === undefined || last === undefined) {
      throw new Error('a chunk that covers nothing cannot be appended');
    }
    const batch = {
      rows: this.rows.view(),
      rowCount: this.rows.rowCount,
      startToken: formatToken(tokens.of(first)),
      endToken: formatToken(tokens.of(last)),
    };
    return { batch, end: last.position };
  }
}
