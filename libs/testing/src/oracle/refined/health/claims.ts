import { time, whole, type ExpectedTable } from '../expected-table';
import { by, greatest, greatestOf, groupBy, smallestOf } from '../order-by';
import type { ClaimEvent } from './claims-files';
import type { Newest } from './newest';

const COURSE = ['claim.submitted', 'claim.denied', 'claim.approved', 'claim.paid'];

export function expectedClaims(events: readonly ClaimEvent[], newest: Newest): ExpectedTable {
  const latest = by<ClaimEvent>(
    (event) => event.happenedAt,
    (event) => COURSE.indexOf(event.eventType),
    (event) => event.eventId,
  );
  const rows = [...groupBy(events, ({ claimId }) => claimId)].map(([claimId, own]) => {
    const last = greatest(own, latest);
    const submitted = own.filter(({ eventType }) => eventType === 'claim.submitted');
    return {
      CLAIM_ID: claimId,
      PATIENT_ID: newest(last.mrn),
      MEMBER_ID: newest(last.memberId),
      PROVIDER_ID: newest(last.npi),
      STATE: last.eventType.slice('claim.'.length),
      SERVICE_DATE: last.serviceDate,
      DIAGNOSIS_CODE: last.diagnosisCode,
      PROCEDURE_CODE: last.procedureCode,
      BILLED_USD: last.billed,
      ALLOWED_USD: last.allowed,
      PAID_USD: last.paid,
      DENIAL_REASON: last.denialReason,
      REGION: last.region,
      SUBMITTED_AT: time(smallestOf(submitted.map((event) => event.happenedAt))),
      LAST_EVENT_AT: time(greatestOf(own.map((event) => event.happenedAt))),
      EVENT_COUNT: whole(own.length),
    };
  });
  return { schema: 'GOLD', name: 'CLAIMS', key: ['CLAIM_ID'], rows };
}
