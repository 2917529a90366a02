import avsc from 'avsc';
import fc from 'fast-check';
import { ByteReader } from '../byte-reader';
import { JsonOutput } from '../json-output';
import { compileAvro } from './compile-avro';

/** The library's longs are numbers; these are whatever fits into 64 bits. */
const exactLong = avsc.types.LongType.__with({
  fromBuffer: (bytes: Buffer) => bytes.readBigInt64LE(),
  toBuffer: (value: bigint) => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64LE(value);
    return bytes;
  },
  fromJSON: BigInt,
  toJSON: Number,
  isValid: (value: unknown) => typeof value === 'bigint',
  compare: (a: bigint, b: bigint) => (a === b ? 0 : a < b ? -1 : 1),
});

type Schema = avsc.Schema | readonly unknown[] | object;

/** What another implementation writes. */
function write(schema: Schema, value: unknown): Buffer {
  return avsc.Type.forSchema(schema as avsc.Schema, {
    registry: { long: exactLong },
    wrapUnions: false,
  }).toBuffer(value);
}

function read(schema: Schema, bytes: Buffer, referenced: readonly Schema[] = []): string {
  const reader = compileAvro(
    JSON.stringify(schema),
    referenced.map((one) => JSON.stringify(one)),
  );
  const from = new ByteReader(bytes, 0, bytes.length);
  const out = new JsonOutput();
  reader(from, out);
  expect(from.isAtEnd).toBe(true);
  return out.text;
}

const through = (schema: Schema, value: unknown): string => read(schema, write(schema, value));
const record = (...fields: readonly (readonly [string, unknown])[]) => ({
  type: 'record',
  name: 'R',
  namespace: 'a.b',
  fields: fields.map(([name, type]) => ({ name, type })),
});
const refusal = (reason: string, rule: string): Error => expect.objectContaining({ reason, rule }) as Error;

describe('Avro as JSON', () => {
  it('keeps every digit of longs, and reads what another implementation wrote', () => {
    fc.assert(
      fc.property(fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n), (value) => {
        expect(through('long', value)).toBe(String(value));
      }),
    );
    fc.assert(
      fc.property(fc.integer(), (value) => {
        expect(through('int', value)).toBe(String(value));
      }),
    );
    for (const value of [2n ** 53n, 2n ** 53n - 1n, 2n ** 52n, -(2n ** 52n) - 1n, 2n ** 27n, 0n, -1n])
      expect(through('long', value)).toBe(String(value));
  });

  it('reads records of everything as the other implementation does', () => {
    const schema = record(
      ['s', 'string'],
      ['d', 'double'],
      ['b', 'boolean'],
      ['n', ['null', 'string']],
      ['a', { type: 'array', items: 'int' }],
      ['m', { type: 'map', values: 'double' }],
      ['e', { type: 'enum', name: 'E', symbols: ['A', 'B'] }],
    );
    const value = fc.record({
      s: fc.string({ unit: 'grapheme' }),
      d: fc.double({ noNaN: true, noDefaultInfinity: true }).map((d) => d + 0),
      b: fc.boolean(),
      n: fc.option(fc.string()),
      a: fc.array(fc.integer()),
      m: fc.dictionary(
        fc.string().filter((key) => key !== '__proto__'),
        fc.integer(),
      ),
      e: fc.constantFrom('A', 'B'),
    });
    fc.assert(
      fc.property(value, (one) => {
        expect(JSON.parse(through(schema, one))).toEqual(JSON.parse(JSON.stringify(one)));
      }),
    );
  });

  it.each([
    ['null', null, 'null'],
    ['float', 0.5, '0.5'],
    ['bytes', Buffer.from([0, 255]), '"AP8="'],
    [{ type: 'fixed', name: 'F', size: 2 }, Buffer.from([0, 255]), '"AP8="'],
    [{ type: 'map', values: 'int' }, {}, '{}'],
    [{ type: 'array', items: 'int' }, [], '[]'],
    [{ type: 'record', name: 'Empty', fields: [] }, {}, '{}'],
    [{ type: 'string' }, '"\n\u0000\ud83d\ude00\ufffd', '"\\"\\n\\u0000😀�"'],
    [['null', 'long'], null, 'null'],
    [['null', 'long'], 3n, '3'],
    [['null', 'string', 'bytes'], 'x', '{"string":"x"}'],
    [['null', 'string', 'bytes'], Buffer.from('x'), '{"bytes":"eA=="}'],
    [['null', 'string', 'bytes'], null, 'null'],
  ] as const)('%j of %p is %s', (schema, value, text) => {
    expect(through(schema, value)).toBe(text);
  });

  it('names the records of a union by their full names', () => {
    const union = [
      record(['x', 'int']),
      { type: 'record', name: 'c.S', fields: [{ name: 'y', type: 'int' }] },
    ];
    expect(read(union, Buffer.of(0, 2))).toBe('{"a.b.R":{"x":1}}');
    expect(read(union, Buffer.of(2, 2))).toBe('{"c.S":{"y":1}}');
  });

  const logical = (type: unknown, logicalType: string, more = {}) => ({ type, logicalType, ...more });
  it.each([
    [logical('int', 'date'), 'int', 20_781, '"2026-11-24"'],
    [logical('int', 'time-millis'), 'int', 36_930_123, '"10:15:30.123"'],
    [logical('long', 'time-micros'), 'long', 36_930_123_456n, '"10:15:30.123456"'],
    [logical('long', 'timestamp-millis'), 'long', 1_795_515_330_123n, '"2026-11-24T10:15:30.123Z"'],
    [logical('long', 'timestamp-micros'), 'long', 1_795_515_330_123_456n, '"2026-11-24T10:15:30.123456Z"'],
    [
      logical('long', 'timestamp-nanos'),
      'long',
      1_795_515_330_123_456_789n,
      '"2026-11-24T10:15:30.123456789Z"',
    ],
    [logical('long', 'local-timestamp-millis'), 'long', 0n, '"1970-01-01T00:00:00.000"'],
    [logical('bytes', 'decimal', { precision: 6, scale: 2 }), 'bytes', Buffer.from([0xff, 0x38]), '-2.00'],
    [
      logical('bytes', 'decimal', { precision: 30 }),
      'bytes',
      Buffer.from('0100000000000000000000', 'hex'),
      '1208925819614629174706176',
    ],
    [
      logical('fixed', 'decimal', { name: 'D', size: 64, precision: 4, scale: 2 }),
      { type: 'fixed', name: 'D', size: 64 },
      Buffer.concat([Buffer.alloc(62), Buffer.of(4, 210)]),
      '12.34',
    ],
    [logical('string', 'uuid'), 'string', '0f0e', '"0f0e"'],
    [
      logical('fixed', 'uuid', { name: 'U', size: 16 }),
      { type: 'fixed', name: 'U', size: 16 },
      Buffer.from('00112233445566778899aabbccddeeff', 'hex'),
      '"00112233-4455-6677-8899-aabbccddeeff"',
    ],
    [
      logical('fixed', 'duration', { name: 'P', size: 12 }),
      { type: 'fixed', name: 'P', size: 12 },
      Buffer.from('010000000200000003000000', 'hex'),
      '"P1M2DT0.003S"',
    ],
    // Not known, or not valid: the type beneath.
    [logical('long', 'fiscal-week'), 'long', 3n, '3'],
    [logical('bytes', 'decimal', { precision: 2, scale: 3 }), 'bytes', Buffer.from([1]), '"AQ=="'],
    [logical('string', 'date'), 'string', 'x', '"x"'],
  ] as const)('%j', (schema, plain, value, text) => {
    expect(read(schema, write(plain, value))).toBe(text);
  });

  it('finds types by namespace, in references, and in themselves', () => {
    const money = record(['cents', 'long']);
    const order = {
      type: 'record',
      name: 'Order',
      namespace: 'a.b',
      fields: [
        { name: 'total', type: 'R' },
        { name: 'fee', type: 'a.b.R' },
        { name: 'next', type: ['null', 'Order'] },
      ],
    };
    expect(read(order, Buffer.of(2, 4, 2, 6, 8, 0), [money])).toBe(
      '{"total":{"cents":1},"fee":{"cents":2},"next":{"total":{"cents":3},"fee":{"cents":4},"next":null}}',
    );
  });

  it('reads blocks that say their size, and several of them', () => {
    expect(read({ type: 'array', items: 'int' }, Buffer.of(3, 4, 2, 4, 2, 6, 0))).toBe('[1,2,3]');
  });

  it.each([
    ['bytes that end too soon', 'long', [0x80], 'truncated'],
    ['a string longer than its bytes', 'string', [10, 0x61], 'truncated'],
    ['a length below zero', 'bytes', [1], 'truncated'],
    ['a string that is no UTF-8', 'string', [2, 0xff], 'utf8'],
    ['a boolean that is neither', 'boolean', [2], 'boolean'],
    ['an int of 33 bits', 'int', [0xff, 0xff, 0xff, 0xff, 0x1f], 'range'],
    ['a long of eleven bytes', 'long', Array<number>(11).fill(0xff), 'varint'],
    ['a long of 65 bits', 'long', [...Array<number>(9).fill(0xff), 0x03], 'varint'],
    ['a branch that is not there', ['null', 'int'], [4], 'union'],
    ['a symbol that is not there', { type: 'enum', name: 'E', symbols: ['A'] }, [2], 'enum'],
    ['a symbol below the first', { type: 'enum', name: 'E', symbols: ['A'] }, [1], 'enum'],
    ['more digits than the decimal has', logical('bytes', 'decimal', { precision: 2 }), [2, 100], 'range'],
    [
      'a decimal of a thousand digits',
      logical('bytes', 'decimal', { precision: 2 }),
      [0xd0, 0x0f, ...Array<number>(1000).fill(1)],
      'range',
    ],
  ] as const)('refuses %s', (_, schema, bytes, rule) => {
    expect(() => read(schema, Buffer.from(bytes))).toThrow(refusal('undecodable', rule));
  });

  const items = (count: bigint) => write('long', count);
  it.each([
    ['billions of nulls', { type: 'array', items: 'null' }, items(3_000_000_000n)],
    [
      '2^62 empty records',
      { type: 'array', items: { type: 'record', name: 'E', fields: [] } },
      items(2n ** 62n),
    ],
    [
      'nulls in many small blocks',
      { type: 'array', items: 'null' },
      Buffer.concat([...Array<Buffer>(3_000).fill(items(1_000n)), Buffer.of(0)]),
    ],
  ] as const)('refuses %s before they fill the memory', (_, schema, bytes) => {
    expect(() => read(schema, bytes)).toThrow(refusal('too_large', 'decodedSize'));
  });

  it('refuses a record that holds itself without end', () => {
    const endless = { type: 'record', name: 'E', fields: [{ name: 'e', type: 'E' }] };
    expect(() => read(endless, Buffer.alloc(0))).toThrow(refusal('too_deep', 'depth'));
    const nested = {
      type: 'record',
      name: 'N',
      fields: [{ name: 'n', type: { type: 'array', items: 'N' } }],
    };
    expect(() => read(nested, Buffer.alloc(1_000, 2))).toThrow(refusal('too_deep', 'depth'));
  });

  it.each([
    'no schema',
    '{"type":"record"}',
    '{"type":"record","name":"R"}',
    '{"type":"record","name":"R","fields":[{"name":"a b","type":"int"}]}',
    '{"type":"record","name":"R","fields":[{"name":"a","type":"int"},{"name":"a","type":"int"}]}',
    '{"type":"record","name":"1","fields":[]}',
    '{"type":"record","name":"R","fields":[{"name":"a","type":"Missing"}]}',
    '{"type":"enum","name":"E","symbols":[1]}',
    '{"type":"fixed","name":"F","size":-1}',
    '["int",["null"]]',
    '7',
    '[{"type":"fixed","name":"F","size":1},{"type":"fixed","name":"F","size":2}]',
    `${'{"type":'.repeat(10_000)}"int"${'}'.repeat(10_000)}`,
  ])('knows that this is no schema: %#', (text) => {
    expect(() => compileAvro(text)).toThrow(refusal('undecodable', 'schema'));
  });
});
