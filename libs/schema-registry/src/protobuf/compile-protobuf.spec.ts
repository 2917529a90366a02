import fc from 'fast-check';
import protobuf from 'protobufjs';
import { ByteReader } from '../byte-reader';
import { compileProtobuf, type ImportedFile } from './compile-protobuf';

const proto3 = (text: string): string => `syntax = "proto3"; package a.b; ${text}`;
const refusal = (reason: string, rule: string): Error => expect.objectContaining({ reason, rule }) as Error;

function read(
  proto: string,
  bytes: Uint8Array,
  imported: readonly ImportedFile[] = [],
  indexes = [0],
): string {
  const value = Buffer.concat([Buffer.from(indexes), bytes]);
  return compileProtobuf(proto, imported)(new ByteReader(value, 0, value.length));
}

/** What another implementation writes. */
function write(proto: string, message: string, value: object): Uint8Array {
  const type = protobuf.parse(proto, { keepCase: true }).root.lookupType(message);
  return type.encode(type.fromObject(value)).finish();
}

const through = (proto: string, value: object): string => read(proto, write(proto, 'a.b.M', value));

const SIXTY_FOUR = ['int64', 'uint64', 'sint64', 'fixed64', 'sfixed64'] as const;
const THIRTY_TWO = ['int32', 'uint32', 'sint32', 'fixed32', 'sfixed32'] as const;

describe('Protobuf as JSON', () => {
  it.each(SIXTY_FOUR)('keeps every digit of %s', (type) => {
    const proto = proto3(`message M { ${type} value = 1; }`);
    const isUnsigned = type === 'uint64' || type === 'fixed64';
    const any = isUnsigned ? fc.bigInt(0n, 2n ** 64n - 1n) : fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n);
    const messages = protobuf.parse(proto).root.lookupType('a.b.M');
    const readOne = compileProtobuf(proto);
    fc.assert(
      fc.property(any, (value) => {
        const bytes = messages.encode(messages.fromObject({ value: String(value) })).finish();
        const framed = Buffer.concat([Buffer.of(0), bytes]);
        expect(readOne(new ByteReader(framed, 0, framed.length))).toBe(`{"value":${value}}`);
      }),
    );
  });

  it.each(THIRTY_TWO)('reads %s to its limits', (type) => {
    const proto = proto3(`message M { ${type} value = 1; repeated ${type} more = 2; }`);
    const isUnsigned = type === 'uint32' || type === 'fixed32';
    for (const value of isUnsigned ? [0, 1, 2 ** 32 - 1] : [0, -1, -(2 ** 31), 2 ** 31 - 1])
      expect(through(proto, { value, more: [value, 1] })).toBe(`{"value":${value},"more":[${value},1]}`);
  });

  it('reads messages of everything as the other implementation does', () => {
    const proto = proto3(`message M {
      string some_text = 1; double a_double = 2; float a_float = 3; bool flag = 4; bytes raw = 5;
      repeated N nested = 6; map<string, int32> by_name = 7; E kind = 8; optional int32 maybe = 9;
      oneof one { string left = 10; N right = 11; } repeated string texts = 12; repeated E kinds = 13 [packed = false];
      message N { int32 x = 1; } enum E { NONE = 0; SOME = 1; MORE = -1; } }`);
    const value = fc.record({
      some_text: fc.string({ unit: 'grapheme' }),
      a_double: fc.double({ noNaN: true, noDefaultInfinity: true }).map((d) => d + 0),
      a_float: fc.constantFrom(0, 0.5, -3),
      flag: fc.boolean(),
      nested: fc.array(fc.record({ x: fc.integer() })),
      by_name: fc.dictionary(
        fc.string().filter((key) => key !== '__proto__'),
        fc.integer(),
      ),
      kind: fc.constantFrom('NONE', 'SOME', 'MORE'),
      texts: fc.array(fc.string()),
      kinds: fc.array(fc.constantFrom('NONE', 'SOME', 'MORE')),
    });
    fc.assert(
      fc.property(value, (one) => {
        const expected = { ...one, raw: '' };
        expect(JSON.parse(through(proto, one))).toEqual(JSON.parse(JSON.stringify(expected)));
      }),
    );
  });

  it('writes what absence means, and leaves out what was not set', () => {
    const proto = proto3(`message M {
      int64 count_all = 1; string text = 2; bool flag = 3; bytes raw = 4; double ratio = 5; E kind = 6;
      repeated int32 list = 7; map<int32, string> map = 8; N nested = 9; optional int32 maybe = 10;
      oneof one { int32 a = 11; int32 b = 12; } message N {} enum E { NONE = 0; } }`);
    expect(read(proto, Buffer.alloc(0))).toBe(
      '{"count_all":0,"text":"","flag":false,"raw":"","ratio":0,"kind":"NONE","list":[],"map":{}}',
    );
    expect(JSON.parse(through(proto, { nested: {}, maybe: 0, b: 0 }))).toMatchObject({
      nested: {},
      maybe: 0,
      b: 0,
    });
  });

  it('reads fields in any order, packed or not, and maps of every key', () => {
    const proto = proto3(
      'message M { int32 a = 1; repeated int32 r = 2; map<bool, N> m = 3; message N { int32 x = 1; } }',
    );
    expect(
      read(proto, Buffer.of(0x10, 5, 0x1a, 0, 0x12, 2, 6, 7, 0x08, 1, 0x1a, 6, 0x08, 1, 0x12, 2, 0x08, 9)),
    ).toBe('{"a":1,"r":[5,6,7],"m":{"false":{"x":0},"true":{"x":9}}}');
    expect(read(proto, Buffer.of(0x12, 0))).toBe('{"a":0,"r":[],"m":{}}');
  });

  it('writes an enum’s number where the schema has no name for it', () => {
    const proto = proto3('message M { E e = 1; enum E { option allow_alias = true; A = 0; B = 0; } }');
    expect(read(proto, Buffer.of(0x08, 7))).toBe('{"e":7}');
    expect(read(proto, Buffer.alloc(0))).toBe('{"e":"A"}');
  });

  it('reads proto2: what is not there is left out, defaults included, unless it is required', () => {
    const proto =
      'syntax = "proto2"; package a.b; message M { required int32 a = 1; optional int32 b = 2 [default = 7]; }';
    expect(read(proto, Buffer.of(0x08, 1))).toBe('{"a":1}');
    expect(() => read(proto, Buffer.of(0x10, 1))).toThrow(refusal('undecodable', 'required'));
  });

  const wellKnown = (type: string, file: string) =>
    `syntax = "proto3"; package a.b; import "${file}.proto"; message M { ${type} v = 1; }`;
  const google = (type: string, file: string) =>
    wellKnown(`google.protobuf.${type}`, `google/protobuf/${file}`);
  const inner = (...bytes: number[]) => Buffer.of(0x0a, bytes.length, ...bytes);
  const nanos = (value: number) => {
    const more = Buffer.from(protobuf.Writer.create().uint32(16).int32(value).finish());
    return [...more];
  };
  it.each([
    [google('Timestamp', 'timestamp'), inner(), '"1970-01-01T00:00:00Z"'],
    [google('Timestamp', 'timestamp'), inner(0x08, 1, ...nanos(500_000_000)), '"1970-01-01T00:00:01.500Z"'],
    [google('Timestamp', 'timestamp'), inner(...nanos(1_000)), '"1970-01-01T00:00:00.000001Z"'],
    [google('Timestamp', 'timestamp'), inner(...nanos(1)), '"1970-01-01T00:00:00.000000001Z"'],
    [google('Duration', 'duration'), inner(0x08, 3, ...nanos(20_000_000)), '"3.020s"'],
    [google('Duration', 'duration'), inner(...nanos(-5)), '"-0.000000005s"'],
    [google('Int64Value', 'wrappers'), inner(0x08, 1), '1'],
    [google('BoolValue', 'wrappers'), inner(), 'false'],
    [google('StringValue', 'wrappers'), inner(0x0a, 1, 0x61), '"a"'],
    [google('FieldMask', 'field_mask'), inner(0x0a, 3, 0x61, 0x5f, 0x62, 0x0a, 1, 0x63), '"a_b,c"'],
    [google('Empty', 'empty'), inner(), '{}'],
    [google('Any', 'any'), inner(0x0a, 1, 0x61, 0x12, 1, 0xff), '{"type_url":"a","value":"/w=="}'],
    [google('Struct', 'struct'), inner(0x0a, 7, 0x0a, 1, 0x61, 0x12, 2, 0x08, 0), '{"a":null}'],
    [google('Value', 'struct'), inner(0x32, 6, 0x0a, 2, 0x20, 1, 0x0a, 0), 'refused'],
    [google('Value', 'struct'), inner(0x32, 4, 0x0a, 2, 0x20, 1), '[true]'],
    [wellKnown('confluent.type.Decimal', 'confluent/type/decimal'), inner(0x0a, 2, 4, 210, 0x18, 2), '12.34'],
  ])('%s', (proto, bytes, text) => {
    if (text === 'refused') expect(() => read(proto, bytes)).toThrow(refusal('undecodable', 'value'));
    else expect(read(proto, bytes)).toBe(`{"v":${text}}`);
  });

  it('finds the message by its indexes, of the file’s own messages alone', () => {
    const proto =
      'syntax = "proto3"; package a.b; import "x.proto"; message A { message B {} message C { int32 c = 1; } } message D { X x = 1; }';
    const imported = [{ name: 'x.proto', text: proto3('message X { int32 y = 1; }') }];
    expect(read(proto, Buffer.of(0x08, 5), imported, [4, 0, 2])).toBe('{"c":5}');
    expect(read(proto, Buffer.of(0x0a, 2, 0x08, 5), imported, [2, 2])).toBe('{"x":{"y":5}}');
    for (const indexes of [[2, 4], [4, 0, 4], [2, 1], [1], [80]])
      expect(() => read(proto, Buffer.alloc(0), imported, indexes)).toThrow(
        refusal('undecodable', 'messageIndex'),
      );
    expect(() => read(proto, Buffer.alloc(0), imported, [])).toThrow(refusal('undecodable', 'truncated'));
  });

  const small = proto3(
    'message M { int32 a = 1; string s = 2; oneof o { int32 x = 3; int32 y = 4; } map<int32, int32> m = 5; bool b = 6; uint32 u = 7; M self = 8; }',
  );
  it.each([
    ['a field that is not declared', [0x78, 1], 'unknownField'],
    ['field 0', [0x00, 1], 'unknownField'],
    ['a field twice', [0x08, 1, 0x08, 2], 'repeatedField'],
    ['both of a oneof', [0x18, 1, 0x20, 1], 'oneof'],
    ['another wire type', [0x0a, 1, 1], 'wireType'],
    ['bytes that end too soon', [0x08], 'truncated'],
    ['a text longer than its bytes', [0x12, 2, 0x61], 'truncated'],
    ['a message longer than what holds it', [0x42, 3, 0x42, 5, 0x08, 1, 1, 1, 1], 'truncated'],
    ['a text that is no UTF-8', [0x12, 1, 0xff], 'utf8'],
    ['an int32 of 33 bits', [0x08, 0xff, 0xff, 0xff, 0xff, 0x1f], 'range'],
    ['a uint32 of 33 bits', [0x38, 0xff, 0xff, 0xff, 0xff, 0x1f], 'range'],
    ['a varint of eleven bytes', [0x30, ...Array<number>(11).fill(0xff)], 'varint'],
    ['a map entry with more than a key and a value', [0x2a, 4, 0x08, 1, 0x18, 1], 'mapEntry'],
  ])('refuses %s', (_, bytes, rule) => {
    expect(() => read(small, Buffer.from(bytes))).toThrow(refusal('undecodable', rule));
  });

  it('refuses what is nested without end, and what a few bytes make large', () => {
    let nested = Buffer.alloc(0);
    for (let level = 0; level < 150; level++) {
      const length = protobuf.Writer.create().uint32(nested.length).finish();
      nested = Buffer.concat([Buffer.of(0x42), length, nested]);
    }
    expect(() => read(small, nested)).toThrow(refusal('too_deep', 'depth'));
    const fields = Array.from({ length: 500 }, (_, id) => `int32 field_${id} = ${id + 1};`).join(' ');
    const wide = proto3(`message M { repeated N n = 1; message N { ${fields} } }`);
    const many = Buffer.concat(Array.from({ length: 5_000 }, () => Buffer.of(0x0a, 0)));
    expect(() => read(wide, many)).toThrow(refusal('too_large', 'decodedSize'));
  });

  it.each([
    ['no .proto file', 'message {'],
    ['JSON', '{"type":"object"}'],
    ['a type that no file declares', proto3('message M { Missing m = 1; }')],
    ['an import that nobody has', proto3('import "missing.proto"; message M { missing.X x = 1; }')],
    ['a group', 'syntax = "proto2"; message M { optional group G = 1 { optional int32 x = 1; } }'],
  ])('knows that it cannot read by %s', (_, proto) => {
    expect(() => read(proto, Buffer.of(0x0b, 0x0c))).toThrow(refusal('undecodable', 'schema'));
  });
});
