import { flag, time, whole, type Row } from './expected-table';
import type { LandedEvent } from './landed-events';
import { instantOf } from './instant';

/** A SILVER row: the event's own columns between those that every stream has. */
export function silverRow(event: LandedEvent, own: Row): Row {
  return {
    EVENT_ID: event.eventId,
    EVENT_TYPE: event.eventType,
    EVENT_TS: time(event.eventTs),
    HAPPENED_AT: time(event.happenedAt),
    SENT_AT: time(instantOf(textAt(event.payload, 'sent_at') ?? '')),
    SCHEMA_VERSION: textAt(event.payload, 'schema_version'),
    ...own,
    IS_LATE: flag(event.isLate),
    IS_CLOCK_AHEAD: flag(event.isClockAhead),
    DUPLICATES: whole(event.duplicates),
    INGESTED_AT: time(event.ingestedAt),
    CONTRACT_VERSION: event.contractVersion,
    RECORD_ID: event.recordId,
    LANDED_ORDER: whole(event.landedRank),
  };
}

/** The value at a path as text; null where there is none, or a JSON null. */
export function textAt(
  payload: Readonly<Record<string, unknown>>,
  ...path: readonly string[]
): string | null {
  let value: unknown = payload;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return null;
    value = (value as Record<string, unknown>)[key];
  }
  if (value === undefined || value === null) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
