import { objectFault } from '../object-fault';
import { PendingLine, type Cutter, type Line } from './line-cutter';

const NEWLINE = 0x0a;
const QUOTE = 0x22;
const COMMA = 0x2c;
const RETURN = 0x0d;
const LINE_END = Buffer.from('\n');

/**
 * Rows of CSV (RFC 4180, commas, a header). Each value is a CSV document of its own: the header and one row, so that a
 * dead letter can be read, and replayed, without its object.
 */
export class CsvCutter implements Cutter {
  private readonly pending = new PendingLine();
  private header: Buffer | undefined;
  /** Where the scan is within a row; a row may go on in the next chunk. */
  private place: 'field-start' | 'bare' | 'quoted' = 'field-start';

  cut(chunk: Buffer): Line[] {
    const rows: Line[] = [];
    let from = 0;
    for (const [at, byte] of chunk.entries()) {
      if (!this.endsRow(byte)) continue;
      this.take(this.pending.complete(chunk.subarray(from, at)), rows);
      from = at + 1;
    }
    this.pending.add(chunk.subarray(from));
    return rows;
  }

  end(): Line[] {
    const rows: Line[] = [];
    if (!this.pending.isEmpty) this.take(this.pending.complete(Buffer.alloc(0)), rows);
    return rows;
  }

  /** A quote counts only where a field begins with it: a stray one within a field does not swallow the rows after it. */
  private endsRow(byte: number): boolean {
    if (this.place === 'quoted') {
      // A doubled quote closes the field and opens it again.
      if (byte === QUOTE) this.place = 'field-start';
      return false;
    }
    if (byte === NEWLINE) {
      this.place = 'field-start';
      return true;
    }
    if (byte === COMMA) this.place = 'field-start';
    else if (byte === QUOTE) this.place = this.place === 'field-start' ? 'quoted' : 'bare';
    else if (byte !== RETURN) this.place = 'bare';
    return false;
  }

  private take(row: Line, rows: Line[]): void {
    if (this.header !== undefined) {
      rows.push(row === null ? null : Buffer.concat([this.header, LINE_END, row]));
      return;
    }
    if (row === null) {
      throw objectFault('csv_header_missing', 'the CSV does not begin with a line of column names');
    }
    this.header = Buffer.from(row);
  }
}
