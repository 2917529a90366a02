import { isUtf8 } from 'node:buffer';
import { Undecodable } from './undecodable';

const REPLACEMENT = '\ufffd';
/** A varint of 64 bits has no more. */
const LONGEST_VARINT = 10;
const GROUP = 2 ** 28;
const HIGH_OF_SAFE = 2 ** 53 / GROUP;

/** Reads forward over the bytes of one record. Every method throws Undecodable where the bytes end too soon. */
export class ByteReader {
  constructor(
    readonly bytes: Buffer,
    public at: number,
    public end: number,
  ) {}

  get isAtEnd(): boolean {
    return this.at >= this.end;
  }

  byte(): number {
    const byte = this.bytes[this.at];
    if (byte === undefined || this.at >= this.end) throw truncated();
    this.at++;
    return byte;
  }

  /** Moves over so many bytes and returns where they begin. */
  skip(length: number): number {
    const from = this.at;
    if (length < 0 || length > this.end - from) throw truncated();
    this.at = from + length;
    return from;
  }

  /** An unsigned number of up to 64 bits, seven bits a byte, the lowest first; a bigint only from 2^53. */
  varint(): number | bigint {
    const from = this.at;
    const low = this.group();
    if (this.isWhole()) return low;
    const high = this.group();
    if (this.isWhole() && high < HIGH_OF_SAFE) return high * GROUP + low;
    this.at = from;
    return this.longVarint();
  }

  /** As `varint`, for what counts or measures: beyond the bytes that a record can have, it is wrong anyway. */
  length(): number {
    const length = this.varint();
    if (typeof length === 'bigint') throw truncated();
    return length;
  }

  /** A Protobuf field's number and wire type: 32 bits. */
  tag(): number {
    const tag = this.length();
    if (tag > 0xffffffff) throw new Undecodable('varint');
    return tag;
  }

  /** A signed number of up to 64 bits, the sign in the lowest bit. */
  zigzag(): number | bigint {
    const value = this.varint();
    if (typeof value === 'bigint') return (value >> 1n) ^ -(value & 1n);
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  float(): number {
    return this.bytes.readFloatLE(this.skip(4));
  }

  double(): number {
    return this.bytes.readDoubleLE(this.skip(8));
  }

  /** @throws Undecodable for what is no UTF-8 */
  text(length: number): string {
    const from = this.skip(length);
    const text = this.bytes.toString('utf8', from, this.at);
    // What is no UTF-8 is decoded to this character; only a text that has it needs a closer look.
    if (text.includes(REPLACEMENT) && !isUtf8(this.bytes.subarray(from, this.at)))
      throw new Undecodable('utf8');
    return text;
  }

  base64(length: number): string {
    const from = this.skip(length);
    return this.bytes.toString('base64', from, this.at);
  }

  /** Four bytes of a varint, or fewer if it ends before: what fits into the operators for 32 bits. */
  private group(): number {
    let bits = 0;
    for (let shift = 0; shift < 28; shift += 7) {
      const byte = this.byte();
      bits |= (byte & 0x7f) << shift;
      if (byte < 0x80) break;
    }
    return bits;
  }

  /** Whether the byte that was read last ends a varint. */
  private isWhole(): boolean {
    return (this.bytes[this.at - 1] ?? 0) < 0x80;
  }

  private longVarint(): bigint {
    let value = 0n;
    for (let length = 0; length < LONGEST_VARINT; length++) {
      const byte = this.byte();
      value |= BigInt(byte & 0x7f) << BigInt(7 * length);
      if (byte < 0x80) {
        if (value >> 64n !== 0n) break;
        return value;
      }
    }
    throw new Undecodable('varint');
  }
}

function truncated(): Undecodable {
  return new Undecodable('truncated');
}
