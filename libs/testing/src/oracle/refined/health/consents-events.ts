import type { ExpectedTable } from '../expected-table';
import type { LandedEvent } from '../landed-events';
import { silverRow, textAt } from '../silver-columns';

/** A consent event with the values that GOLD folds. */
export interface ConsentEvent extends LandedEvent {
  /** As it landed. */
  readonly mrn: string;
  readonly purpose: string;
  readonly channel: string | null;
  readonly region: string | null;
}

export function consentEvent(event: LandedEvent): ConsentEvent {
  const { payload } = event;
  return {
    ...event,
    mrn: textAt(payload, 'patient_mrn') ?? '',
    purpose: textAt(payload, 'purpose') ?? '',
    channel: textAt(payload, 'channel'),
    region: textAt(payload, 'region'),
  };
}

export function expectedConsentsEvents(events: readonly ConsentEvent[]): ExpectedTable {
  const rows = events.map((event) =>
    silverRow(event, {
      PATIENT_MRN: event.mrn,
      PURPOSE: event.purpose,
      CHANNEL: event.channel,
      NOTE: textAt(event.payload, 'note'),
      REGION: event.region,
    }),
  );
  return { schema: 'SILVER', name: 'CONSENTS_EVENTS', key: ['EVENT_ID'], rows };
}
