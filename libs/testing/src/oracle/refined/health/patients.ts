import { time, whole, type ExpectedTable } from '../expected-table';
import { by, greatest, greatestOf, groupBy, smallestOf } from '../order-by';
import type { EncounterEvent } from './encounters-events';
import type { Newest } from './newest';

export function expectedPatients(events: readonly EncounterEvent[], newest: Newest): ExpectedTable {
  const latest = by<EncounterEvent>(
    (event) => event.happenedAt,
    (event) => event.eventId,
  );
  const rows = [...groupBy(events, ({ mrn }) => newest(mrn))].map(([patientId, own]) => {
    const last = greatest(own, latest);
    const times = own.map((event) => event.happenedAt);
    return {
      PATIENT_ID: patientId,
      NAME: last.name,
      DATE_OF_BIRTH: last.dateOfBirth,
      EMAIL: last.email,
      PHONE: last.phone,
      POSTAL_AREA: last.postalCode,
      COUNTRY: last.country,
      REGION: last.region,
      MEMBER_LINK_TOKEN: last.memberLinkToken === null ? null : newest(last.memberLinkToken),
      ENCOUNTER_COUNT: whole(new Set(own.map((event) => event.encounterId)).size),
      FIRST_EVENT_AT: time(smallestOf(times)),
      LAST_EVENT_AT: time(greatestOf(times)),
    };
  });
  return { schema: 'GOLD', name: 'PATIENTS', key: ['PATIENT_ID'], rows };
}
