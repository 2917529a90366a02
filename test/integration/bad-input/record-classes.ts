import type { DeadReason, DropReason } from '@das/pipeline';

/** A record as a producer might send it. */
export interface Sent {
  readonly key?: Buffer | null;
  readonly value: Buffer | null;
  /** When it was taken, or said to be, epoch milliseconds. */
  readonly timestampMs?: number;
  readonly headers?: readonly (readonly [name: string, value: Buffer | null])[];
}

export type Event = Record<string, unknown>;

/** One class of input: what comes in, and what happens. docs/bad-input.md has a row for each. */
export interface RecordClass {
  readonly name: string;
  readonly outcome: 'landed' | DeadReason | DropReason;
  /** @param good - an event that lands, made at `now` */
  readonly make: (good: Event, now: number) => Sent;
  /** What the row's columns hold beside that. */
  readonly row?: (sent: Sent, now: number) => Readonly<Record<string, unknown>>;
}

const HOUR = 3_600_000;
const json = (event: unknown): Buffer => Buffer.from(JSON.stringify(event));
/** `text` goes before the closing brace, as it is. */
const withRaw = (event: Event, text: string): Buffer =>
  Buffer.from(`${JSON.stringify(event).slice(0, -1)},${text}}`);
const at = (ms: number): string => new Date(ms).toISOString();
const change =
  (fields: Event) =>
  (good: Event): Sent => ({ value: json({ ...good, ...fields }) });
const add =
  (text: string) =>
  (good: Event): Sent => ({ value: withRaw(good, text) });
const bytes =
  (...value: readonly (string | number)[]) =>
  (): Sent => ({
    value: Buffer.concat(
      value.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.of(part))),
    ),
  });
const asSent = ({ value }: Sent) => ({ PAYLOAD: String(value) });
const manyHeaders = Array.from(
  { length: 10_000 },
  (_, index) => [`header-${index}`, Buffer.from('x')] as const,
);

export const RECORD_CLASSES: readonly RecordClass[] = [
  { name: 'not JSON', outcome: 'not_json', make: bytes('not json') },
  {
    name: 'two documents in one record',
    outcome: 'not_json',
    make: (good) => ({ value: Buffer.concat([json(good), json(good)]) }),
  },
  { name: 'an empty value', outcome: 'not_json', make: bytes() },
  {
    name: 'a byte order mark',
    outcome: 'not_json',
    make: (good) => ({ value: Buffer.from(`\ufeff${json(good).toString()}`) }),
  },
  {
    name: 'UTF-16',
    outcome: 'not_json',
    make: (good) => ({ value: Buffer.from(JSON.stringify(good), 'utf16le') }),
  },
  { name: 'a raw NUL byte', outcome: 'not_json', make: add('"a":"\0"') },
  { name: 'a raw newline in a string', outcome: 'not_json', make: add('"a":"x\ny"') },
  { name: 'JSON, but no object', outcome: 'not_an_object', make: bytes('[1]') },
  { name: 'a tombstone', outcome: 'tombstone', make: () => ({ value: null }) },
  { name: 'not UTF-8', outcome: 'not_utf8', make: bytes('{"a":"', 0xff, '"}') },
  { name: 'a lone surrogate', outcome: 'not_utf8', make: add('"a":"\\ud800"') },
  { name: 'a duplicate key', outcome: 'duplicate_key', make: add('"region":"EMEA"') },
  {
    name: 'a duplicate key in another spelling',
    outcome: 'duplicate_key',
    make: add('"\\u0072egion":"EMEA"'),
  },
  { name: 'a duplicate `__proto__`', outcome: 'duplicate_key', make: add('"__proto__":1,"__proto__":2') },
  {
    name: '10,000 levels of nesting',
    outcome: 'too_deep',
    make: add(`"a":${'['.repeat(10_000)}${']'.repeat(10_000)}`),
  },
  { name: 'an unknown version', outcome: 'unknown_version', make: change({ schema_version: '99.0.0' }) },
  {
    name: 'a version that is no text',
    outcome: 'unknown_version',
    make: change({ schema_version: { toString: 1 } }),
  },
  { name: 'a wrong type', outcome: 'schema_violation', make: change({ region: 7 }) },
  { name: 'a missing field', outcome: 'schema_violation', make: change({ order_id: undefined }) },
  {
    name: 'a missing field, and `__proto__` with it',
    outcome: 'schema_violation',
    make: (good) => ({ value: withRaw({ ...good, order_id: undefined }, '"__proto__":{"order_id":"x"}') }),
  },
  {
    name: 'a number that is too large for a double',
    outcome: 'schema_violation',
    make: (good) => ({ value: withRaw({ ...good, total_usd: undefined }, '"total_usd":1e400') }),
  },
  {
    name: 'a number that is too large for its column',
    outcome: 'schema_violation',
    make: change({ total_usd: 2e10 }),
  },
  {
    name: 'a number in an array that is too large for its column',
    outcome: 'schema_violation',
    make: change({ items: [{ sku: 'SKU-1', quantity: 1e20, unit_price_usd: 1 }] }),
  },
  {
    name: 'a text of 900,000 characters where 64 are allowed',
    outcome: 'schema_violation',
    make: change({ coupon: 'x'.repeat(900_000) }),
  },
  {
    name: 'a date that is none',
    outcome: 'schema_violation',
    make: change({ event_ts: '2026-02-30T00:00:00Z' }),
  },
  { name: 'a leap second', outcome: 'schema_violation', make: change({ event_ts: '2016-12-31T23:59:60Z' }) },
  {
    name: 'a time of the year 10000 in UTC',
    outcome: 'schema_violation',
    make: change({ sent_at: '9999-12-31T23:59:59-23:59' }),
  },
  {
    name: 'a time without a zone',
    outcome: 'schema_violation',
    make: change({ event_ts: '2026-01-01T00:00:00' }),
  },
  {
    name: '48 h late',
    outcome: 'too_late',
    make: (good, now) => ({ value: json({ ...good, event_ts: at(now - 48 * HOUR) }) }),
  },
  { name: '5 MB', outcome: 'too_large', make: change({ comment: 'x'.repeat(5_000_000) }) },
  {
    name: 'a listed header of 4 MB',
    outcome: 'too_large',
    make: (good) => ({ value: json(good), headers: [['tracestate', Buffer.alloc(4_000_000, 'x')]] }),
  },
  {
    name: 'not JSON, with 10,000 headers',
    outcome: 'not_json',
    make: () => ({ value: Buffer.from('not json'), headers: manyHeaders }),
  },
  {
    name: 'not JSON, with headers called `constructor` and `__proto__`',
    outcome: 'not_json',
    make: () => ({
      value: Buffer.from('not json'),
      headers: [
        ['constructor', Buffer.from('a')],
        ['__proto__', Buffer.from('b')],
        ['nothing', null],
      ],
    }),
  },
  {
    name: '3 h late',
    outcome: 'landed',
    make: (good, now) => ({ value: json({ ...good, event_ts: at(now - 3 * HOUR) }) }),
    row: () => ({ IS_LATE: true }),
  },
  {
    name: 'a clock 1 h ahead',
    outcome: 'landed',
    make: (good, now) => ({ value: json({ ...good, event_ts: at(now + HOUR) }) }),
    row: () => ({ IS_LATE: false }),
  },
  {
    name: 'a record time after the year 9999',
    outcome: 'landed',
    make: (good) => ({ value: json(good), timestampMs: 8_640_000_000_000_000 }),
    row: () => ({ SOURCE_TS: null }),
  },
  {
    name: 'raw newlines between tokens',
    outcome: 'landed',
    make: (good) => ({ value: Buffer.from(JSON.stringify(good, null, 1)) }),
    row: ({ value }) => ({ PAYLOAD: String(value).replaceAll('\n', ' ') }),
  },
  {
    name: 'a NUL character, escaped',
    outcome: 'landed',
    make: (good) => ({ value: withRaw({ ...good, order_id: undefined }, '"order_id":"x\\u0000y"') }),
    row: (sent) => ({ ...asSent(sent), SUBJECT_KEY: 'x\0y' }),
  },
  {
    name: 'integers above 2^53',
    outcome: 'landed',
    make: add('"big":9007199254740993,"negative":-123456789012345678901234567890'),
    row: asSent,
  },
  {
    name: 'numbers such as -0, 1.10 and 1e400 in fields without a type',
    outcome: 'landed',
    make: add('"numbers":[-0,1.10,1e400,1E-400]'),
    row: asSent,
  },
  {
    name: 'keys such as `__proto__` and `constructor`',
    outcome: 'landed',
    make: add('"__proto__":{"admin":true},"constructor":{"prototype":{"__proto__":1}}'),
    row: asSent,
  },
  {
    name: 'an array of 100,000 numbers',
    outcome: 'landed',
    make: add(`"a":[${'1,'.repeat(99_999)}1]`),
    row: asSent,
  },
  {
    name: 'an unknown field, `unknownFields: evolve`',
    outcome: 'landed',
    make: add('"a":{"b":1}'),
    row: asSent,
  },
  {
    name: 'an e-mail address where none is declared, `undeclaredPhi: tag`',
    outcome: 'landed',
    make: change({ coupon: 'for lost@example.org' }),
    row: asSent,
  },
  { name: 'an empty key', outcome: 'landed', make: (good) => ({ key: Buffer.alloc(0), value: json(good) }) },
  { name: 'no key', outcome: 'landed', make: (good) => ({ key: null, value: json(good) }) },
  {
    name: '10,000 headers',
    outcome: 'landed',
    make: (good) => ({ value: json(good), headers: manyHeaders }),
    row: () => ({ SOURCE_HEADERS: '{}' }),
  },
  {
    name: 'a listed header of 1 MB',
    outcome: 'landed',
    make: (good) => ({ value: json(good), headers: [['tracestate', Buffer.alloc(1_000_000, 'x')]] }),
    row: () => ({ SOURCE_HEADERS: `{"tracestate":"${'x'.repeat(1_000_000)}"}` }),
  },
  {
    name: 'a listed header that is not UTF-8',
    outcome: 'landed',
    make: (good) => ({ value: json(good), headers: [['tracestate', Buffer.of(0x61, 0xff)]] }),
    row: () => ({ SOURCE_HEADERS: '{"tracestate":"a\ufffd"}' }),
  },
  {
    name: 'a listed header without a value',
    outcome: 'landed',
    make: (good) => ({ value: json(good), headers: [['traceparent', null]] }),
    row: () => ({ SOURCE_HEADERS: '{"traceparent":""}', TRACE_ID: null }),
  },
];
