import { flag, time, whole, type ExpectedTable, type Row } from '../expected-table';
import { MILLISECOND, type Instant } from '../instant';
import { by, greatest, greatestOf, groupBy, smallestOf } from '../order-by';
import { textAt } from '../silver-columns';
import type { EncounterEvent } from './encounters-events';
import type { Newest } from './newest';

/** What was amended is no step. */
const COURSE = ['encounter.amended', 'encounter.admitted', 'encounter.transferred', 'encounter.discharged'];
const HOUR_MS = 3_600_000;

export function expectedEncounters(events: readonly EncounterEvent[], newest: Newest): ExpectedTable {
  const rows = [...groupBy(events, ({ encounterId }) => encounterId)].map(([id, own]) =>
    encounter(id, own, newest),
  );
  return { schema: 'GOLD', name: 'ENCOUNTERS', key: ['ENCOUNTER_ID'], rows };
}

function encounter(id: string, own: readonly EncounterEvent[], newest: Newest): Row {
  const last = greatest(
    own,
    by<EncounterEvent>(
      (event) => event.happenedAt,
      (event) => COURSE.indexOf(event.eventType),
      (event) => event.eventId,
    ),
  );
  const timesOf = (type: string): readonly Instant[] =>
    own.filter((event) => event.eventType === type).map((event) => event.happenedAt);
  const admittedAt = smallestOf(timesOf('encounter.admitted'));
  const discharged = timesOf('encounter.discharged');
  const dischargedAt = greatestOf(discharged);
  const transfers = timesOf('encounter.transferred').length;
  const [main] = last.diagnoses;
  return {
    ENCOUNTER_ID: id,
    PATIENT_ID: newest(last.mrn),
    STATE: discharged.length > 0 ? 'discharged' : transfers > 0 ? 'transferred' : 'admitted',
    CLASS: last.class,
    PROVIDER_ID: newest(last.npi),
    FACILITY_ID: last.facilityId,
    FACILITY_NAME: last.facilityName,
    DEPARTMENT: last.department,
    MAIN_DIAGNOSIS: main === undefined ? null : textAt(main, 'code'),
    DIAGNOSIS_COUNT: whole(last.diagnoses.length),
    REGION: last.region,
    ADMITTED_AT: time(admittedAt),
    DISCHARGED_AT: time(dischargedAt),
    STAY_HOURS: stayHours(admittedAt, dischargedAt),
    TRANSFER_COUNT: whole(transfers),
    LAST_EVENT_AT: time(greatestOf(own.map((event) => event.happenedAt))),
    EVENT_COUNT: whole(own.length),
    HAS_LATE_EVENTS: flag(own.some((event) => event.isLate)),
  };
}

function stayHours(admittedAt: Instant | null, dischargedAt: Instant | null): string | null {
  if (admittedAt === null || dischargedAt === null || dischargedAt < admittedAt) return null;
  const [from, to] = [admittedAt, dischargedAt].map((at) => Math.floor(at / MILLISECOND)) as [number, number];
  return whole(Math.floor((to - from) / HOUR_MS));
}
