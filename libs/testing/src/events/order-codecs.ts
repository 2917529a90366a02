import avsc from 'avsc';
import type { SourceFormat } from '@das/contracts';
import protobuf from 'protobufjs';
import type { NewSchema } from '../servers/schema-registry';

/** An order event of the tests: as the generator makes it, with a number that no double holds. */
export type OrderEvent = Readonly<Record<string, unknown>> & {
  readonly event_ts: string;
  readonly items: readonly Readonly<Record<string, unknown>>[];
};

/** Two schemas of one topic: the second names the channel that an order came by. */
export interface OrderCodec {
  readonly schemas: readonly [NewSchema, NewSchema];
  /** What the value is, without a header. @param version - 0 or 1 */
  encode(event: OrderEvent, version: number): Uint8Array;
}

/** Beyond 2^53, where doubles have gaps. */
export const SEQUENCE = 9_007_199_254_740_993n;
export const CHANNEL = 'web';

const string = (name: string) => ({ name, type: 'string' });
const record = (name: string, fields: readonly unknown[]) => ({ type: 'record', name, fields });

/** Longs that keep their digits, which the library's own do not. */
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

function avro(): OrderCodec {
  const schemaOf = (version: number) =>
    record('Order', [
      ...['event_id', 'event_type', 'sent_at', 'schema_version', 'order_id', 'region', 'currency'].map(
        string,
      ),
      { name: 'event_ts', type: { type: 'long', logicalType: 'timestamp-millis' } },
      { name: 'sequence', type: 'long' },
      { name: 'customer', type: record('Customer', ['id', 'email', 'name', 'phone'].map(string)) },
      { name: 'total_usd', type: { type: 'bytes', logicalType: 'decimal', precision: 12, scale: 2 } },
      {
        name: 'items',
        type: {
          type: 'array',
          items: record('Item', [
            string('sku'),
            { name: 'quantity', type: 'int' },
            { name: 'unit_price_usd', type: 'double' },
          ]),
        },
      },
      {
        name: 'shipping_address',
        type: record('Address', ['line1', 'city', 'postal_code', 'country'].map(string)),
      },
      { name: 'coupon', type: ['null', 'string'], default: null },
      ...(version === 0 ? [] : [{ name: 'channel', type: ['null', 'string'], default: null }]),
    ]);
  const [first, second] = [schemaOf(0), schemaOf(1)];
  const types = [first, second].map((schema) =>
    avsc.Type.forSchema(withoutLogicalTypes(schema) as avsc.Schema, {
      registry: { long: exactLong },
      wrapUnions: false,
    }),
  );
  return {
    schemas: [
      { schemaType: 'AVRO', schema: JSON.stringify(first) },
      { schemaType: 'AVRO', schema: JSON.stringify(second) },
    ],
    encode(event, version) {
      const cents = Buffer.alloc(8);
      cents.writeBigInt64BE(BigInt(Math.round(Number(event.total_usd) * 100)));
      const value = {
        ...event,
        event_ts: BigInt(Date.parse(event.event_ts)),
        sequence: SEQUENCE,
        total_usd: cents,
      };
      return (
        types[version]?.toBuffer(version === 0 ? value : { ...value, channel: CHANNEL }) ?? Buffer.alloc(0)
      );
    },
  };
}

/** The library would take its own longs for them, which are numbers. */
function withoutLogicalTypes(schema: unknown): unknown {
  return JSON.parse(JSON.stringify(schema), (_, value: unknown) =>
    typeof value === 'object' && value !== null && 'logicalType' in value && 'type' in value
      ? value.type
      : value,
  );
}

function proto(): OrderCodec {
  const schemaOf = (version: number): string => `syntax = "proto3"; package orders;
    import "google/protobuf/timestamp.proto";
    message Note { string text = 1; }
    message Order {
      string event_id = 1; string event_type = 2; google.protobuf.Timestamp event_ts = 3; string sent_at = 4;
      string schema_version = 5; string order_id = 6; Customer customer = 7; string region = 8;
      string currency = 9; double total_usd = 10; repeated Item items = 11; Address shipping_address = 12;
      optional string coupon = 13; int64 sequence = 14; ${version === 0 ? '' : 'optional string channel = 15;'}
      message Customer { string id = 1; string email = 2; string name = 3; string phone = 4; }
      message Item { string sku = 1; int32 quantity = 2; double unit_price_usd = 3; }
      message Address { string line1 = 1; string city = 2; string postal_code = 3; string country = 4; }
    }`;
  const [first, second] = [schemaOf(0), schemaOf(1)];
  const types = [first, second].map((text) => {
    const root = new protobuf.Root();
    root.add(
      protobuf.parse(TIMESTAMP, { keepCase: true }).root.lookup('google') ?? new protobuf.Namespace('google'),
    );
    return protobuf.parse(text, root, { keepCase: true }).root.lookupType('orders.Order');
  });
  return {
    schemas: [
      { schemaType: 'PROTOBUF', schema: first },
      { schemaType: 'PROTOBUF', schema: second },
    ],
    encode(event, version) {
      const type = types[version];
      const ms = Date.parse(event.event_ts);
      const value = {
        ...event,
        event_ts: { seconds: String(Math.floor(ms / 1000)), nanos: (ms % 1000) * 1_000_000 },
        sequence: String(SEQUENCE),
        ...(version === 1 && { channel: CHANNEL }),
      };
      const bytes = type?.encode(type.fromObject(value)).finish() ?? Buffer.alloc(0);
      // The message's indexes: one, the file's second message.
      return Buffer.concat([Buffer.of(2, 2), bytes]);
    },
  };
}

const TIMESTAMP = `syntax = "proto3"; package google.protobuf;
  message Timestamp { int64 seconds = 1; int32 nanos = 2; }`;

function json(): OrderCodec {
  const schemaOf = (version: number): NewSchema => ({
    schemaType: 'JSON',
    schema: JSON.stringify({
      $schema: 'http://json-schema.org/draft-07/schema#',
      title: `order ${version}`,
      type: 'object',
    }),
  });
  return {
    schemas: [schemaOf(0), schemaOf(1)],
    encode(event, version) {
      const text = JSON.stringify(version === 0 ? event : { ...event, channel: CHANNEL });
      return Buffer.from(`${text.slice(0, -1)},"sequence":${SEQUENCE}}`);
    },
  };
}

export const ORDER_CODECS: Readonly<Record<Exclude<SourceFormat, 'json'>, () => OrderCodec>> = {
  avro,
  protobuf: proto,
  'json-schema': json,
};

/** Confluent's header before what was encoded. */
export function framed(id: number, bytes: Uint8Array): Buffer {
  const header = Buffer.alloc(5);
  header.writeUInt32BE(id, 1);
  return Buffer.concat([header, bytes]);
}
