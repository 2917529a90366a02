import { createHash } from 'node:crypto';

/** One user record of an aggregate. */
export interface UserRecord {
  readonly key: string;
  readonly data: Uint8Array;
}

/**
 * The format of the Kinesis Producer Library (aggregation-format.md of amazon-kinesis-producer): these four bytes, a
 * protobuf message AggregatedRecord, and the MD5 of the message.
 */
const MAGIC = Buffer.from([0xf3, 0x89, 0x9a, 0xc2]);
const MD5_BYTES = 16;

/** The numbers of the fields. */
const KEY_TABLE = 1;
const RECORDS = 3;
const KEY_INDEX = 1;
const DATA = 3;

/**
 * The user records of an aggregate; undefined for a record that is none: it may well begin with the same bytes. None is
 * left out: a record whose key belongs to another shard was put there, and stands nowhere else.
 */
export function takeApart(record: Uint8Array): readonly UserRecord[] | undefined {
  const bytes = Buffer.from(record.buffer, record.byteOffset, record.byteLength);
  if (bytes.length < MAGIC.length + MD5_BYTES || !bytes.subarray(0, MAGIC.length).equals(MAGIC)) {
    return undefined;
  }
  const message = bytes.subarray(MAGIC.length, bytes.length - MD5_BYTES);
  const digest = createHash('md5').update(message).digest();
  if (!digest.equals(bytes.subarray(bytes.length - MD5_BYTES))) return undefined;
  try {
    return readAggregate(message);
  } catch (thrown) {
    if (thrown instanceof NoProtobuf) return undefined;
    throw thrown;
  }
}

function readAggregate(message: Buffer): readonly UserRecord[] {
  const keys: string[] = [];
  const records: Buffer[] = [];
  for (const { field, value } of fieldsOf(message)) {
    if (field === KEY_TABLE && typeof value !== 'number') keys.push(value.toString('utf8'));
    if (field === RECORDS && typeof value !== 'number') records.push(value);
  }
  return records.map((record) => {
    let key: string | undefined;
    let data: Buffer | undefined;
    for (const { field, value } of fieldsOf(record)) {
      if (field === KEY_INDEX && typeof value === 'number') key = keys[value];
      if (field === DATA && typeof value !== 'number') data = value;
    }
    if (key === undefined || data === undefined) throw new NoProtobuf();
    return { key, data };
  });
}

class NoProtobuf extends Error {}

interface Field {
  readonly field: number;
  readonly value: number | Buffer;
}

/** The fields of a message, whose values are views of it; of numbers it knows those that a table's index can be. */
function* fieldsOf(message: Buffer): Generator<Field> {
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let factor = 1; factor <= 2 ** 49; factor *= 128) {
      const byte = message[at++];
      if (byte === undefined) break;
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
    }
    throw new NoProtobuf();
  };
  const take = (length: number): Buffer => {
    if (at + length > message.length) throw new NoProtobuf();
    at += length;
    return message.subarray(at - length, at);
  };
  while (at < message.length) {
    const tag = varint();
    const field = Math.floor(tag / 8);
    switch (tag % 8) {
      case 0:
        yield { field, value: varint() };
        break;
      case 1:
        yield { field, value: take(8) };
        break;
      case 2:
        yield { field, value: take(varint()) };
        break;
      case 5:
        yield { field, value: take(4) };
        break;
      default:
        throw new NoProtobuf();
    }
  }
}
