import type { ByteReader } from '../byte-reader';
import type { JsonOutput } from '../json-output';
import { doubleText, floatText } from '../number-text';
import { outOfRange } from '../time-text';
import { Undecodable } from '../undecodable';

/** Reads one value and writes it as JSON. @throws Undecodable */
export type AvroReader = (from: ByteReader, out: JsonOutput) => void;

export const PRIMITIVES = {
  null: (_, out) => {
    out.write('null');
  },
  boolean: (from, out) => {
    const byte = from.byte();
    if (byte > 1) throw new Undecodable('boolean');
    out.write(byte === 1 ? 'true' : 'false');
  },
  int: (from, out) => {
    out.write(String(readInt(from)));
  },
  // With all its digits, also beyond 2^53.
  long: (from, out) => {
    out.write(String(from.zigzag()));
  },
  float: (from, out) => {
    out.write(floatText(from.float()));
  },
  double: (from, out) => {
    out.write(doubleText(from.double()));
  },
  bytes: (from, out) => {
    out.write(`"${from.base64(readSize(from))}"`);
  },
  string: (from, out) => {
    out.write(JSON.stringify(readString(from)));
  },
} as const satisfies Readonly<Record<string, AvroReader>>;

/** @throws Undecodable for what does not fit into 32 bits */
export function readInt(from: ByteReader): number {
  const value = from.zigzag();
  if (typeof value === 'bigint' || value < -0x80000000 || value > 0x7fffffff) throw outOfRange();
  return value;
}

/** A size in bytes: below zero, or beyond what a record can have, it is wrong. */
export function readSize(from: ByteReader): number {
  const size = from.zigzag();
  if (typeof size === 'bigint' || size < 0) throw new Undecodable('truncated');
  return size;
}

export function readString(from: ByteReader): string {
  return from.text(readSize(from));
}
