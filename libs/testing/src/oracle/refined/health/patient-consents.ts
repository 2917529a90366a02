import { flag, time, whole, type ExpectedTable } from '../expected-table';
import { by, greatest, groupBy } from '../order-by';
import type { ConsentEvent } from './consents-events';
import type { Newest } from './newest';

export function expectedPatientConsents(events: readonly ConsentEvent[], newest: Newest): ExpectedTable {
  const latest = by<ConsentEvent>(
    (event) => event.happenedAt,
    (event) => event.eventId,
  );
  const rows = [...groupBy(events, ({ mrn, purpose }) => `${newest(mrn)} ${purpose}`).values()].map((own) => {
    const last = greatest(own, latest);
    return {
      PATIENT_ID: newest(last.mrn),
      PURPOSE: last.purpose,
      IS_GRANTED: flag(last.eventType === 'consent.granted'),
      CHANNEL: last.channel,
      REGION: last.region,
      SINCE: time(last.happenedAt),
      EVENT_COUNT: whole(own.length),
    };
  });
  return { schema: 'GOLD', name: 'PATIENT_CONSENTS', key: ['PATIENT_ID', 'PURPOSE'], rows };
}
