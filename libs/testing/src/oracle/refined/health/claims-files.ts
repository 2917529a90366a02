import { unitsOf } from '../decimal';
import { money, type ExpectedTable } from '../expected-table';
import type { LandedEvent } from '../landed-events';
import { silverRow, textAt } from '../silver-columns';

/** A step of a claim with the values that GOLD folds; identifiers as they landed. */
export interface ClaimEvent extends LandedEvent {
  readonly claimId: string;
  readonly mrn: string;
  readonly memberId: string;
  readonly npi: string;
  readonly serviceDate: string | null;
  readonly diagnosisCode: string | null;
  readonly procedureCode: string | null;
  /** With two digits of cents. */
  readonly billed: string | null;
  readonly allowed: string | null;
  readonly paid: string | null;
  readonly denialReason: string | null;
  readonly region: string | null;
}

export function claimEvent(event: LandedEvent): ClaimEvent {
  const { payload } = event;
  const amount = (name: string): string | null => {
    const text = textAt(payload, name);
    return text === null ? null : money(unitsOf(text, 2), 2);
  };
  return {
    ...event,
    claimId: textAt(payload, 'claim_id') ?? '',
    mrn: textAt(payload, 'patient_mrn') ?? '',
    memberId: textAt(payload, 'member_id') ?? '',
    npi: textAt(payload, 'provider_npi') ?? '',
    serviceDate: textAt(payload, 'service_date'),
    diagnosisCode: textAt(payload, 'diagnosis_code'),
    procedureCode: textAt(payload, 'procedure_code'),
    billed: amount('billed_usd'),
    allowed: amount('allowed_usd'),
    paid: amount('paid_usd'),
    denialReason: textAt(payload, 'denial_reason'),
    region: textAt(payload, 'region'),
  };
}

export function expectedClaimsFiles(events: readonly ClaimEvent[]): ExpectedTable {
  const rows = events.map((event) =>
    silverRow(event, {
      CLAIM_ID: event.claimId,
      PATIENT_MRN: event.mrn,
      MEMBER_ID: event.memberId,
      PROVIDER_NPI: event.npi,
      SERVICE_DATE: event.serviceDate,
      DIAGNOSIS_CODE: event.diagnosisCode,
      PROCEDURE_CODE: event.procedureCode,
      BILLED_USD: event.billed,
      ALLOWED_USD: event.allowed,
      PAID_USD: event.paid,
      DENIAL_REASON: event.denialReason,
      REGION: event.region,
    }),
  );
  return { schema: 'SILVER', name: 'CLAIMS_FILES', key: ['EVENT_ID'], rows };
}
