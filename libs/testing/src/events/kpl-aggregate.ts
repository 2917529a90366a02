import { createHash } from 'node:crypto';
import { parse } from 'protobufjs';

/** As amazon-kinesis-producer documents it (aggregation-format.md). */
const { root } = parse(`
  syntax = "proto2";
  message AggregatedRecord {
    repeated string partition_key_table = 1;
    repeated string explicit_hash_key_table = 2;
    repeated Record records = 3;
  }
  message Tag { required string key = 1; optional string value = 2; }
  message Record {
    required uint64 partition_key_index = 1;
    optional uint64 explicit_hash_key_index = 2;
    required bytes data = 3;
    repeated Tag tags = 4;
  }
`);
const AGGREGATE = root.lookupType('AggregatedRecord');
const MAGIC = Buffer.from('f3899ac2', 'hex');
const MD5_BYTES = 16;

export interface AggregatedEvent {
  readonly key: string;
  readonly data: Uint8Array;
}

/** Events in one record, as the Kinesis Producer Library packs them. */
export function packAggregate(events: readonly AggregatedEvent[]): Buffer {
  const keys = [...new Set(events.map(({ key }) => key))];
  const records = events.map(({ key, data }) => ({
    partitionKeyIndex: keys.indexOf(key),
    data,
    tags: [{ key: 'a tag', value: 'that nobody reads' }],
  }));
  const message = AGGREGATE.encode({
    partitionKeyTable: keys,
    explicitHashKeyTable: ['1'],
    records,
  }).finish();
  return Buffer.concat([MAGIC, message, createHash('md5').update(message).digest()]);
}

/** The data of each; undefined for what is no aggregate. It goes by the first bytes alone: what it reads was packed here. */
export function unpackAggregate(record: Uint8Array): readonly Uint8Array[] | undefined {
  const bytes = Buffer.from(record);
  if (!bytes.subarray(0, MAGIC.length).equals(MAGIC)) return undefined;
  const message = AGGREGATE.decode(bytes.subarray(MAGIC.length, -MD5_BYTES));
  return (message as unknown as { readonly records: readonly AggregatedEvent[] }).records.map(
    ({ data }) => data,
  );
}
