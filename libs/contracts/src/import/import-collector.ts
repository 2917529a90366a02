import type { Path } from '../finding';
import type { Decisions } from './decisions';
import type { ShortCollector } from './short-form';

const AT: Path = ['collectors', 0];

/** `das.collector`: what has a safe value gets it, which is told. */
export function importCollector(collector: ShortCollector, decisions: Decisions) {
  const { envelope = {} } = collector;
  const need = <T>(value: T | undefined, meanwhile: T, key: string, what: string): T =>
    decisions.need(value, meanwhile, [...AT, key], `${key} is missing: ${what}`);
  const key = need(collector.key, '?', 'key', 'the property that the topic is partitioned by');
  const eventId = envelope.event_id ?? 'event_id';
  return {
    source: {
      kind: 'kafka',
      topic: need(collector.topic, '?', 'topic', 'the topic that it reads'),
      partitions: need(collector.partitions, 1, 'partitions', 'how many the topic has'),
      format: need(collector.format, 'json', 'format', 'json, json-schema, avro or protobuf'),
      key,
    },
    envelope: {
      eventId,
      eventType: envelope.event_type ?? 'event_type',
      eventTs: envelope.event_ts ?? 'event_ts',
      schemaVersion: envelope.schema_version ?? 'schema_version',
      subjectKey: envelope.subject_key ?? key,
    },
    dedupeKeys: collector.dedupe_keys ?? [eventId],
    lateness: decisions.or(
      collector.lateness,
      { watermark: 'PT2H', allowed: 'PT24H' },
      [...AT, 'lateness'],
      'an event is late after two hours, and refused after a day',
    ),
    startFrom: 'earliest',
    onGap: 'stop',
    onOffsetRegression: 'stop',
    unknownFields: decisions.or(
      collector.unknown_fields,
      'freeze',
      [...AT, 'unknown_fields'],
      'an event with a field that is not declared is refused (freeze)',
    ),
    undeclaredPhi: decisions.or(
      collector.undeclared_phi,
      'quarantine',
      [...AT, 'undeclared_phi'],
      'an event that seems to hold personal data where none is declared is refused (quarantine)',
    ),
    deadLetters: { fuseRatio: 0.2, fuseRunLength: 1000 },
    headers: ['traceparent', 'tracestate'],
  };
}

/** Where it reads. */
export function kafkaServer({ host, topic, format }: ShortCollector, decisions: Decisions) {
  return {
    server: 'kafka',
    type: 'kafka',
    environment: 'production',
    host: decisions.need(
      host,
      '?',
      [...AT, 'host'],
      'host is missing: the brokers, such as kafka.brook.example:9092',
    ),
    format: format ?? 'json',
    customProperties: [{ property: 'topic', value: topic ?? '?' }],
  };
}
