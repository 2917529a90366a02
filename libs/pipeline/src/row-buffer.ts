const INITIAL_BYTES = 64 * 1024;

/** NDJSON rows, built in place: a row's text and its payload are copied once and never stringified again. */
export class RowBuffer {
  private bytes = Buffer.allocUnsafe(INITIAL_BYTES);
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
    this.used += this.bytes.write(text, this.used, 'utf8');
  }

  raw(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.bytes.set(bytes, this.used);
    this.used += bytes.length;
  }

  /** Everything written since the last row is a row. */
  endRow(): void {
    this.text('\n');
    this.rows++;
  }

  /** Forgets what was written after `length`, which was the length at the end of a row. */
  truncate(length: number, rowCount: number): void {
    this.used = length;
    this.rows = rowCount;
  }

  /** Moves what lies after `length` (whole rows) into a new buffer. */
  splitAt(length: number, rowCount: number): RowBuffer {
    const rest = new RowBuffer();
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
    const grown = Buffer.allocUnsafe(Math.max(needed, this.bytes.length * 2));
    this.bytes.copy(grown, 0, 0, this.used);
    this.bytes = grown;
  }
}
