import type { ByteReader } from '../byte-reader';
import { decimalText, signedBytes } from '../number-text';
import { dateText, outOfRange, timeOfDayText, timeStampText } from '../time-text';
import { readInt, readSize, type AvroReader } from './primitives';

/** More digits than any column holds; converting them takes time that grows with their square. */
const MAX_PRECISION = 1_000;

type Definition = Readonly<Record<string, unknown>>;

const text = (read: (from: ByteReader) => string): AvroReader => {
  return (from, out) => {
    out.write(`"${read(from)}"`);
  };
};
const timeStamp = (digits: 3 | 6 | 9, zone: string): AvroReader =>
  text((from) => timeStampText(from.zigzag(), digits) + zone);

/** By logical type and the type beneath it. */
const LOGICAL: Readonly<Record<string, AvroReader>> = {
  'date int': text((from) => dateText(readInt(from))),
  'time-millis int': text((from) => timeOfDayText(readInt(from), 3)),
  'time-micros long': text((from) => timeOfDayText(from.zigzag(), 6)),
  'timestamp-millis long': timeStamp(3, 'Z'),
  'timestamp-micros long': timeStamp(6, 'Z'),
  'timestamp-nanos long': timeStamp(9, 'Z'),
  'local-timestamp-millis long': timeStamp(3, ''),
  'local-timestamp-micros long': timeStamp(6, ''),
  'local-timestamp-nanos long': timeStamp(9, ''),
};

/** Undefined: none, or one that is not known or not valid, which counts as none (as the specification has it). */
export function logicalReader(definition: Definition): AvroReader | undefined {
  const { logicalType, type, size } = definition;
  if (typeof logicalType !== 'string' || typeof type !== 'string') return undefined;
  const key = `${logicalType} ${type}`;
  if (Object.hasOwn(LOGICAL, key)) return LOGICAL[key];
  if (key === 'uuid fixed' && size === 16) return text(readUuid);
  if (key === 'duration fixed' && size === 12) return text(readDuration);
  if (key === 'decimal bytes' || key === 'decimal fixed') return decimalReader(definition);
  return undefined;
}

function decimalReader({ type, size, precision, scale = 0 }: Definition): AvroReader | undefined {
  if (
    !isCount(precision) ||
    !isCount(scale) ||
    precision < 1 ||
    precision > MAX_PRECISION ||
    scale > precision
  )
    return undefined;
  const limit = 10n ** BigInt(precision);
  const longest = Math.ceil((precision * Math.log2(10) + 1) / 8) + 1;
  return (from, out) => {
    const length = type === 'fixed' ? Number(size) : readSize(from);
    const at = from.skip(length);
    // A fixed one may have room for more digits; what is beyond the sign's repetition would be too large anyway.
    const bytes = from.bytes.subarray(at, at + length);
    const unscaled = signedBytes(withoutSignBytes(bytes, longest));
    if (unscaled >= limit || unscaled <= -limit) throw outOfRange();
    out.write(decimalText(unscaled, scale));
  };
}

/** The last so many bytes, where those before only repeat the sign. @throws Undecodable where they do not */
function withoutSignBytes(bytes: Uint8Array, kept: number): Uint8Array {
  const rest = Math.max(0, bytes.length - kept);
  const sign = ((bytes[rest] ?? 0) & 0x80) === 0 ? 0 : 0xff;
  for (let at = 0; at < rest; at++) if (bytes[at] !== sign) throw outOfRange();
  return bytes.subarray(rest);
}

function isCount(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 0;
}

function readUuid(from: ByteReader): string {
  const at = from.skip(16);
  return from.bytes.toString('hex', at, at + 16).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** Months, days and milliseconds, each of which has its own length: ISO 8601's notation keeps them apart. */
function readDuration(from: ByteReader): string {
  const at = from.skip(12);
  const [months, days, ms] = [0, 4, 8].map((offset) => from.bytes.readUInt32LE(at + offset));
  return `P${months}M${days}DT${decimalText(BigInt(ms ?? 0), 3)}S`;
}
