import type { StreamContract } from '@das/contracts';
import { draftOf } from '../outcome';
import { decode } from './decode';
import { parse } from './parse';

const contract = {} as StreamContract;
const draft = (value: string | null) =>
  draftOf(
    {
      position: '1',
      key: null,
      value: value === null ? null : Buffer.from(value),
      timestampMs: undefined,
      headers: [],
    },
    contract,
  );

describe('decode', () => {
  const step = decode({
    decode: (value) =>
      String(value) === 'bad' ? { reason: 'undecodable', rule: 'truncated' } : Buffer.from('{"a":1}'),
  });

  it('replaces the payload and leaves the record as it was', () => {
    const one = draft('binary');
    expect(step(one)).toBeUndefined();
    expect(parse()(one)).toBeUndefined();
    expect(one.event).toEqual({ a: 1 });
    expect(String(one.payload)).toBe('{"a":1}');
    expect(String(one.record.value)).toBe('binary');
  });

  it('refuses what the decoder refuses, and leaves tombstones to the parser', () => {
    expect(step(draft('bad'))).toEqual({
      outcome: 'dead',
      reason: 'undecodable',
      stage: 'decode',
      errors: [{ path: '', rule: 'truncated' }],
    });
    const tombstone = draft(null);
    expect(step(tombstone)).toBeUndefined();
    expect(parse()(tombstone)).toEqual({ outcome: 'dropped', reason: 'tombstone' });
  });
});
