const INITIAL_BYTES = 64 * 1024;
const CLOSING_BRACE = 0x7d;
const LINE_FEED = 0x0a;

/** NDJSON rows, built in place: a row's text and its payload are copied once and never stringified again. */
export class RowBuffer {
  private bytes = Buffer.allocUnsafeSlow(INITIAL_BYTES);
  private used = 0;
  private rows = 0;

  get length(): number {
    return this.used;
  }

  get rowCount(): number {
    return this.rows;
  }

  text(text: string): void {
    // A UTF-16 unit takes at most three bytes in UTF-8.
    this.reserve(text.length * 3);
    this.used += this.bytes.write(text, this.used);
  }

  raw(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.bytes.set(bytes, this.used);
    this.used += bytes.length;
  }

  /** Closes the object that was written since the last row: it is a row. */
  endRow(): void {
    this.reserve(2);
    this.bytes[this.used] = CLOSING_BRACE;
    this.bytes[this.used + 1] = LINE_FEED;
    this.used += 2;
    this.rows++;
  }

  /** Forgets everything; its memory is used again, which saves asking the system for it and growing into it. */
  clear(): void {
    this.used = 0;
    this.rows = 0;
  }

  /** Forgets what was written after `length`, which was the length at the end of a row. */
  truncate(length: number, rowCount: number): void {
    this.used = length;
    this.rows = rowCount;
  }

  /** Moves what lies after `length` (whole rows) into `rest`, which is empty. */
  splitAt(length: number, rowCount: number, rest: RowBuffer): RowBuffer {
    rest.raw(this.bytes.subarray(length, this.used));
    rest.rows = this.rows - rowCount;
    this.truncate(length, rowCount);
    return rest;
  }

  /** A view, valid until the next write. */
  view(): Uint8Array {
    return this.bytes.subarray(0, this.used);
  }

  private reserve(extra: number): void {
    const needed = this.used + extra;
    if (needed <= this.bytes.length) return;
    const grown = Buffer.allocUnsafeSlow(Math.max(needed, this.bytes.length * 2));
    this.bytes.copy(grown, 0, 0, this.used);
    this.bytes = grown;
  }
}
