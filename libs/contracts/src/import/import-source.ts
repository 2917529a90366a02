import type { Path } from '../finding';
import type { Decisions } from './decisions';
import type { ShortCollector } from './short-form';

export const COLLECTOR: Path = ['collectors', 0];

/** Where a stream is, in the words of each place of a contract. */
export interface Place {
  /** `das.collector`'s `source`. */
  readonly source: Readonly<Record<string, unknown>>;
  /** Of `servers`. */
  readonly server: Readonly<Record<string, unknown>>;
  /** `das.lineage`'s input. */
  readonly input: string;
}

/** Says what a collector does not; `?` stands for it meanwhile. */
export function importSource(collector: ShortCollector, decisions: Decisions): Place {
  const need = <T>(value: T | undefined, meanwhile: T, key: string, what: string): T =>
    decisions.need(value, meanwhile, [...COLLECTOR, key], `${key} is missing: ${what}`);
  const place = { environment: 'production' };
  switch (collector.source) {
    case 'kinesis': {
      const stream = need(collector.stream, '?', 'stream', 'the Kinesis stream that it reads');
      const format = need(collector.format, 'json', 'format', 'json, json-schema, avro or protobuf');
      const key = need(collector.key, '?', 'key', 'the property that is the partition key of its records');
      const region = need(collector.region, '?', 'region', 'of AWS, such as eu-central-1');
      return {
        source: { kind: 'kinesis', stream, format, key },
        server: {
          server: 'kinesis',
          type: 'kinesis',
          ...place,
          region,
          format,
          customProperties: [{ property: 'stream', value: stream }],
        },
        input: `kinesis:${stream}`,
      };
    }
    case 's3': {
      const bucket = need(collector.bucket, '?', 'bucket', 'where the objects are');
      const prefix = need(collector.prefix, '?', 'prefix', 'what their keys begin with, such as claims/');
      const queue = need(collector.queue, '?', 'queue', 'the SQS queue that is told of new objects');
      // What an object is written in follows from its name: its records are made JSON.
      return {
        source: { kind: 's3', bucket, prefix, queue, format: 'json' },
        server: {
          server: 's3',
          type: 's3',
          ...place,
          location: `s3://${bucket}/${prefix}*`,
          format: 'json',
          delimiter: 'new_line',
        },
        input: `s3:${bucket}/${prefix}`,
      };
    }
    default: {
      const topic = need(collector.topic, '?', 'topic', 'the topic that it reads');
      const partitions = need(collector.partitions, 1, 'partitions', 'how many the topic has');
      const format = need(collector.format, 'json', 'format', 'json, json-schema, avro or protobuf');
      const key = need(collector.key, '?', 'key', 'the property that the topic is partitioned by');
      const host = need(collector.host, '?', 'host', 'the brokers, such as kafka.brook.example:9092');
      return {
        source: { kind: 'kafka', topic, partitions, format, key },
        server: {
          server: 'kafka',
          type: 'kafka',
          ...place,
          host,
          format,
          customProperties: [{ property: 'topic', value: topic }],
        },
        input: `kafka:${topic}`,
      };
    }
  }
}
