import type { ByteReader } from '../byte-reader';
import { doubleText, floatText } from '../number-text';
import { outOfRange } from '../time-text';

export type WireType = 0 | 1 | 2 | 5;

export interface Scalar {
  readonly wireType: WireType;
  readonly zero: string;
  read(from: ByteReader): string;
}

const INT32 = 2 ** 31;

/** 64 bits as a signed number: a negative one has all ten bytes. */
function signed(from: ByteReader): number | bigint {
  const value = from.varint();
  return typeof value === 'number' ? value : BigInt.asIntN(64, value);
}

/** @throws Undecodable for what does not fit: a parser would cut it off in silence */
function within(value: number | bigint, from: number, to: number): string {
  if (value < from || value >= to) throw outOfRange();
  return String(value);
}

const varint = (read: (from: ByteReader) => string): Scalar => ({ wireType: 0, zero: '0', read });
const fixed32 = (read: (from: ByteReader, at: number) => string): Scalar => ({
  wireType: 5,
  zero: '0',
  read: (from) => read(from, from.skip(4)),
});
const fixed64 = (read: (from: ByteReader, at: number) => string): Scalar => ({
  wireType: 1,
  zero: '0',
  read: (from) => read(from, from.skip(8)),
});

/** Protobuf's scalars as JSON; 64 bits are a number with all its digits. */
export const SCALARS = {
  int32: varint((from) => within(signed(from), -INT32, INT32)),
  int64: varint((from) => String(signed(from))),
  uint32: varint((from) => within(from.varint(), 0, 2 * INT32)),
  uint64: varint((from) => String(from.varint())),
  sint32: varint((from) => within(from.zigzag(), -INT32, INT32)),
  sint64: varint((from) => String(from.zigzag())),
  fixed32: fixed32(({ bytes }, at) => String(bytes.readUInt32LE(at))),
  sfixed32: fixed32(({ bytes }, at) => String(bytes.readInt32LE(at))),
  fixed64: fixed64(({ bytes }, at) => String(bytes.readBigUInt64LE(at))),
  sfixed64: fixed64(({ bytes }, at) => String(bytes.readBigInt64LE(at))),
  float: fixed32(({ bytes }, at) => floatText(bytes.readFloatLE(at))),
  double: fixed64(({ bytes }, at) => doubleText(bytes.readDoubleLE(at))),
  bool: { wireType: 0, zero: 'false', read: (from) => (Number(from.varint()) === 0 ? 'false' : 'true') },
  string: { wireType: 2, zero: '""', read: (from) => JSON.stringify(from.text(from.length())) },
  bytes: { wireType: 2, zero: '""', read: (from) => `"${from.base64(from.length())}"` },
} as const satisfies Readonly<Record<string, Scalar>>;

export type ScalarType = keyof typeof SCALARS;
