import { MAX_LINE_BYTES } from '../limits';
import { objectFault } from '../object-fault';

const NEWLINE = 0x0a;
const RETURN = 0x0d;
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/** A line's bytes without its end; `null` where it is empty. Views of the chunk that it was cut from. */
export type Line = Buffer | null;

/** Cuts consecutive chunks of text into values. */
export interface Cutter {
  cut(chunk: Buffer): Line[];
  /** What the last line is, where no line end follows it. */
  end(): Line[];
}

/** Lines that end in LF or CRLF: a record each. */
export class LineCutter implements Cutter {
  private readonly pending = new PendingLine();

  cut(chunk: Buffer): Line[] {
    const lines: Line[] = [];
    let from = 0;
    for (;;) {
      const newline = chunk.indexOf(NEWLINE, from);
      if (newline < 0) {
        this.pending.add(chunk.subarray(from));
        return lines;
      }
      lines.push(this.pending.complete(chunk.subarray(from, newline)));
      from = newline + 1;
    }
  }

  end(): Line[] {
    return this.pending.isEmpty ? [] : [this.pending.complete(Buffer.alloc(0))];
  }
}

/** The beginning of a line whose end is in a later chunk. */
export class PendingLine {
  private pieces: Buffer[] = [];
  private bytes = 0;
  private isFirst = true;

  get isEmpty(): boolean {
    return this.bytes === 0;
  }

  /** @throws Failure data for a line that is too long to be held */
  add(piece: Buffer): void {
    if (piece.length === 0) return;
    this.hold(piece.length);
    // A copy: the chunk is large, and a view would keep all of it.
    this.pieces.push(Buffer.from(piece));
  }

  /** @throws Failure data */
  complete(rest: Buffer): Line {
    this.hold(rest.length);
    let line = this.pieces.length === 0 ? rest : Buffer.concat([...this.pieces, rest], this.bytes);
    this.pieces = [];
    this.bytes = 0;
    if (this.isFirst && line.subarray(0, 3).equals(BYTE_ORDER_MARK)) line = line.subarray(3);
    this.isFirst = false;
    if (line.at(-1) === RETURN) line = line.subarray(0, -1);
    return line.length === 0 ? null : line;
  }

  private hold(bytes: number): void {
    this.bytes += bytes;
    if (this.bytes > MAX_LINE_BYTES) throw objectFault('object_line_too_long', 'a line is above 16 MB');
  }
}
