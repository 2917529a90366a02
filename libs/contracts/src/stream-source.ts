import type { customValue } from './das-properties';
import type { StreamSource } from './stream-contract';

/** A source as its contract says it. */
export type DeclaredSource = NonNullable<ReturnType<typeof customValue<'das.collector'>>>['source'];

/** The runtime view of it. */
export function streamSource(source: DeclaredSource): StreamSource {
  const log = logOf(source);
  switch (source.kind) {
    case 'kafka':
      return {
        kind: source.kind,
        log,
        topic: source.topic,
        partitions: source.partitions,
        format: source.format,
      };
    case 'kinesis':
      return { kind: source.kind, log, stream: source.stream, format: source.format };
    case 's3':
      return {
        kind: source.kind,
        log,
        bucket: source.bucket,
        prefix: source.prefix,
        queue: source.queue,
        format: source.format,
      };
  }
}

/** As people call it: `topic orders.v1`. */
export function sourceTitle(source: DeclaredSource): string {
  switch (source.kind) {
    case 'kafka':
      return `topic ${source.topic}`;
    case 'kinesis':
      return `stream ${source.stream}`;
    case 's3':
      return `s3://${source.bucket}/${source.prefix}`;
  }
}

function logOf(source: DeclaredSource): string {
  switch (source.kind) {
    case 'kafka':
      return source.topic;
    case 'kinesis':
      return source.stream;
    case 's3':
      return [source.bucket, ...source.prefix.split('/').filter((part) => part !== '')].join('.');
  }
}
