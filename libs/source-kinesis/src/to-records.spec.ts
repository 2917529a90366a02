import { packAggregate, text } from '@das/testing';
import { createHash } from 'node:crypto';
import { toRecords } from './to-records';

const AT = new Date(1_700_000_000_123);
const page = (...data: readonly Uint8Array[]) =>
  data.map((Data, index) => ({
    SequenceNumber: String(100 + index),
    PartitionKey: 'key',
    Data,
    ApproximateArrivalTimestamp: AT,
  }));
const seen = (...data: readonly Uint8Array[]) =>
  toRecords(page(...data)).map(({ position, key, value }) => [position, text(key), text(value)]);

const EVENTS = [
  { key: 'a', data: Buffer.from('one') },
  { key: 'b', data: Buffer.from('') },
  { key: 'a', data: Buffer.from('three') },
];

describe('a page of a shard', () => {
  it('is records with their key, their time and their place', () => {
    expect(seen(Buffer.from('x'), Buffer.from('y'))).toEqual([
      ['100:0', 'key', 'x'],
      ['101:0', 'key', 'y'],
    ]);
    expect(toRecords(page(Buffer.from('x')))[0]?.timestampMs).toBe(AT.getTime());
  });

  it('has a tombstone where a record is empty', () => {
    expect(seen(Buffer.alloc(0))).toEqual([['100:0', 'key', null]]);
  });

  it('has aggregates taken apart', () => {
    expect(seen(packAggregate(EVENTS), Buffer.from('x'))).toEqual([
      ['100:0', 'a', 'one'],
      ['100:1', 'b', null],
      ['100:2', 'a', 'three'],
      ['101:0', 'key', 'x'],
    ]);
    expect(seen(packAggregate([]))).toEqual([]);
  });

  it('has aggregates of many records, and of large ones', () => {
    const many = Array.from({ length: 300 }, (_, index) => ({
      key: `key-${index}`,
      data: Buffer.alloc(index * 7, 0xff),
    }));
    const records = toRecords(page(packAggregate(many)));
    expect(records.map(({ key }) => text(key))).toEqual(many.map(({ key }) => key));
    expect(records.slice(1).every(({ value }, index) => many[index + 1]?.data.equals(value ?? EMPTY))).toBe(
      true,
    );
  });

  it('takes nothing for an aggregate that only begins like one', () => {
    const good = packAggregate(EVENTS);
    const altered = Buffer.from(good);
    altered[10] = (altered[10] ?? 0) ^ 1;
    const noMessage = Buffer.from('ffffffff', 'hex');
    const signed = Buffer.concat([
      good.subarray(0, 4),
      noMessage,
      createHash('md5').update(noMessage).digest(),
    ]);
    for (const odd of [good.subarray(0, 4), good.subarray(0, 12), good.subarray(0, -1), altered, signed])
      expect(toRecords(page(odd)).map(({ position, value }) => [position, value])).toEqual([['100:0', odd]]);
  });
});

const EMPTY = new Uint8Array();
