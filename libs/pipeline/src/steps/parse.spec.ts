import type { StreamContract } from '@das/contracts';
import type { Draft } from '../outcome';
import { parse } from './parse';

function run(value: Uint8Array | string | null, maxDepth?: number) {
  const bytes = typeof value === 'string' ? Buffer.from(value) : value;
  const draft: Draft = {
    record: { position: '1', key: null, value: bytes, timestampMs: undefined, headers: [] },
    payload: bytes ?? new Uint8Array(0),
    event: {},
    contract: {} as StreamContract,
    isLate: false,
    phiTags: [],
    linkTokens: undefined,
  };
  return {
    outcome: parse(maxDepth)(draft),
    payload: Buffer.from(draft.payload).toString(),
    event: draft.event,
  };
}

describe('parse', () => {
  it('keeps the bytes as they were sent', () => {
    const text = '{ "a": 12345678901234567890, "b": 1.0, "c": "\\u0041", "d": "ä" }';
    expect(run(text)).toMatchObject({ outcome: undefined, payload: text, event: { c: 'A', d: 'ä' } });
  });

  it('turns raw newlines between tokens into spaces', () => {
    expect(run('{\n  "a": "x\\ny"\r\n}').payload).toBe('{   "a": "x\\ny"  }');
  });

  it('drops a tombstone', () => {
    expect(run(null).outcome).toEqual({ outcome: 'dropped', reason: 'tombstone' });
  });

  it.each([
    ['not_utf8', Buffer.from([0x7b, 0xff, 0x7d])],
    ['not_json', '{"a":'],
    ['not_json', ''],
    ['not_json', '{"a":"line\nbreak"}'],
    ['not_an_object', '[1]'],
    ['not_an_object', 'null'],
    ['duplicate_key', '{"a":1,"b":{"c":1,"c":2}}'],
    ['duplicate_key', '{"a":1,"\\u0061":2}'],
    ['duplicate_key', '{"__proto__":1,"__proto__":2}'],
    ['too_deep', `${'['.repeat(10_000)}${']'.repeat(10_000)}`],
    ['not_utf8', '{"a":"\\ud800"}'],
    ['not_utf8', '{"\\uDC00":1}'],
  ])('refuses %s', (reason, value) => {
    expect(run(value).outcome).toMatchObject({ outcome: 'dead', stage: 'parse', reason });
  });

  it.each([
    '{"a":":\\":{","b":["x:y",{"c:d":"\\\\"}]}',
    '{"__proto__":{"a":1}}',
    '{"a":"\\ud83d\\ude00"}',
    '{}',
  ])('is not misled by %s', (text) => {
    expect(run(text)).toMatchObject({ outcome: undefined, payload: text });
  });

  it('counts depth by brackets outside strings', () => {
    expect(run('{"a":"[[[[["}', 2).outcome).toBeUndefined();
    expect(run('{"a":{"b":[]}}', 2).outcome).toMatchObject({ reason: 'too_deep' });
  });
});
