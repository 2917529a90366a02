import { ClearRecord, type SourceRecord } from '@das/pipeline';
import { MAX_LINE_BYTES, NEWLINE } from './limits';

/** Cuts consecutive chunks into records; keeps the torn last line until the rest of it comes. */
export class LineCutter {
  private pending: Buffer[] = [];
  private pendingBytes = 0;
  private isTooLong = false;

  /** @param lineStart - the byte offset where the first line begins */
  constructor(private lineStart: number) {}

  /** Where a line begins that is too long to be cut: the end of this cutter. */
  get tooLongAt(): number | undefined {
    return this.isTooLong ? this.lineStart : undefined;
  }

  cut(chunk: Buffer): SourceRecord[] {
    const records: SourceRecord[] = [];
    let from = 0;
    for (;;) {
      const newline = chunk.indexOf(NEWLINE, from);
      const piece = chunk.subarray(from, newline < 0 ? chunk.length : newline);
      const length = this.pendingBytes + piece.length;
      if (length > MAX_LINE_BYTES) {
        this.isTooLong = true;
        this.pending = [];
        return records;
      }
      if (newline < 0) {
        if (piece.length > 0) this.pending.push(piece);
        this.pendingBytes = length;
        return records;
      }
      const value = this.pending.length === 0 ? piece : Buffer.concat([...this.pending, piece], length);
      this.pending = [];
      this.pendingBytes = 0;
      this.lineStart += length + 1;
      records.push(toRecord(value, this.lineStart));
      from = newline + 1;
    }
  }
}

const NO_HEADERS: SourceRecord['headers'] = [];

function toRecord(value: Buffer, end: number): SourceRecord {
  return new ClearRecord(String(end), null, value.length === 0 ? null : value, undefined, NO_HEADERS);
}
