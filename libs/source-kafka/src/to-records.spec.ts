import type { KafkaMessage } from 'kafkajs';
import { toRecords } from './to-records';

function record(message: Partial<Record<keyof KafkaMessage, unknown>>) {
  const whole = {
    offset: '7',
    key: null,
    value: null,
    timestamp: '0',
    attributes: 0,
    headers: {},
    ...message,
  };
  return toRecords([whole as unknown as KafkaMessage])[0];
}

describe('a Kafka message as a record', () => {
  it.each([
    ['0', 0],
    ['1764000000000', 1764000000000],
    ['253402300799999', 253402300799999],
    ['-1', undefined],
    ['-9223372036854775808', undefined],
    ['253402300800000', undefined],
    ['9223372036854775807', undefined],
  ])('with the time stamp %s was taken at %s', (timestamp, timestampMs) => {
    expect(record({ timestamp })?.timestampMs).toBe(timestampMs);
  });

  it('keeps what is empty apart from what is not there', () => {
    expect(record({ key: Buffer.alloc(0), value: Buffer.alloc(0) })).toMatchObject({
      key: Buffer.alloc(0),
      value: Buffer.alloc(0),
    });
    expect(record({})).toMatchObject({ key: null, value: null, headers: [] });
  });

  it('lists a repeated header once per value, and one without a value as empty', () => {
    const [a, b] = [Buffer.from('a'), Buffer.from('b')];
    expect(record({ headers: { one: a, many: [a, b, null], none: null } })?.headers).toEqual([
      ['one', a],
      ['many', a],
      ['many', b],
      ['many', new Uint8Array(0)],
      ['none', new Uint8Array(0)],
    ]);
  });
});
