import { shortName, type DemoDomain } from './domains';
import { feedKind } from './feeds/open-feeds';
import type { DemoOptions } from './options';

const SERVERS = {
  kafka: 'a Kafka broker',
  kinesis: 'Kinesis (kinesalite)',
  s3: 'S3, SQS and DynamoDB (moto)',
} as const;

/** What is started, and for whom. */
export function openingWords(domains: readonly DemoDomain[], options: DemoOptions): string {
  const streams = domains.flatMap((domain) => domain.streams);
  const kinds = new Set(streams.map(({ contract }) => feedKind(contract, options)));
  const parts = [
    ...Object.entries(SERVERS).flatMap(([kind, words]) =>
      kinds.has(kind as keyof typeof SERVERS) ? [words] : [],
    ),
    'local-snowpipe',
    streams.length === 1 ? 'one collector' : `${streams.length} collectors`,
    ...(options.bronzeOnly ? [] : ['dbt']),
  ];
  const last = parts.pop() ?? '';
  return `${domains.map(shortName).join(', ')}: starting ${parts.join(', ')} and ${last}`;
}
