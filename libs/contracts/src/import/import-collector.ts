import type { Decisions } from './decisions';
import { COLLECTOR as AT } from './import-source';
import type { ShortCollector } from './short-form';

/**
 * `das.collector`: what has a safe value gets it, which is told.
 * @param source - where the stream is
 */
export function importCollector(
  collector: ShortCollector,
  source: Readonly<Record<string, unknown>>,
  decisions: Decisions,
) {
  const { envelope = {}, key } = collector;
  const eventId = envelope.event_id ?? 'event_id';
  return {
    source,
    envelope: {
      eventId,
      eventType: envelope.event_type ?? 'event_type',
      eventTs: envelope.event_ts ?? 'event_ts',
      schemaVersion: envelope.schema_version ?? 'schema_version',
      subjectKey: envelope.subject_key ?? key ?? subjectKey(collector, decisions),
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

/** Of Kafka and Kinesis the key is told as missing by their source. */
function subjectKey({ source }: ShortCollector, decisions: Decisions): string {
  if (source === 's3')
    decisions.leave([...AT, 'key'], 'key is missing: the property by which events belong together');
  return '?';
}
