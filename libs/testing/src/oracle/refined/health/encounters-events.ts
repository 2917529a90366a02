import { sameJson, type ExpectedTable } from '../expected-table';
import type { LandedEvent } from '../landed-events';
import { silverRow, textAt } from '../silver-columns';

/** An encounter event with the values that GOLD folds. */
export interface EncounterEvent extends LandedEvent {
  readonly encounterId: string;
  readonly class: string | null;
  /** As it landed. */
  readonly mrn: string;
  readonly name: string | null;
  readonly dateOfBirth: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly postalCode: string | null;
  readonly country: string | null;
  /** As it landed. */
  readonly npi: string;
  readonly facilityId: string | null;
  readonly facilityName: string | null;
  readonly department: string | null;
  readonly diagnoses: readonly Readonly<Record<string, unknown>>[];
  readonly region: string | null;
  readonly memberLinkToken: string | null;
}

export function encounterEvent(event: LandedEvent): EncounterEvent {
  const { payload } = event;
  return {
    ...event,
    encounterId: textAt(payload, 'encounter_id') ?? '',
    class: textAt(payload, 'class'),
    mrn: textAt(payload, 'patient', 'mrn') ?? '',
    name: textAt(payload, 'patient', 'name'),
    dateOfBirth: textAt(payload, 'patient', 'date_of_birth'),
    email: textAt(payload, 'patient', 'email'),
    phone: textAt(payload, 'patient', 'phone'),
    postalCode: textAt(payload, 'patient', 'address', 'postal_code'),
    country: textAt(payload, 'patient', 'address', 'country'),
    npi: textAt(payload, 'provider_npi') ?? '',
    facilityId: textAt(payload, 'facility', 'id'),
    facilityName: textAt(payload, 'facility', 'name'),
    department: textAt(payload, 'department'),
    diagnoses: payload.diagnoses as EncounterEvent['diagnoses'],
    region: textAt(payload, 'region'),
    memberLinkToken: event.linkTokens.member ?? null,
  };
}

export function expectedEncountersEvents(events: readonly EncounterEvent[]): ExpectedTable {
  const rows = events.map((event) =>
    silverRow(event, {
      ENCOUNTER_ID: event.encounterId,
      CLASS: event.class,
      PATIENT_MRN: event.mrn,
      PATIENT_NAME: event.name,
      PATIENT_DATE_OF_BIRTH: event.dateOfBirth,
      PATIENT_EMAIL: event.email,
      PATIENT_PHONE: event.phone,
      PATIENT_ADDRESS_LINE1: textAt(event.payload, 'patient', 'address', 'line1'),
      PATIENT_ADDRESS_CITY: textAt(event.payload, 'patient', 'address', 'city'),
      PATIENT_ADDRESS_POSTAL_CODE: event.postalCode,
      PATIENT_ADDRESS_COUNTRY: event.country,
      PROVIDER_NPI: event.npi,
      FACILITY_ID: event.facilityId,
      FACILITY_NAME: event.facilityName,
      DEPARTMENT: event.department,
      DIAGNOSES: sameJson(event.diagnoses),
      REGION: event.region,
      MEMBER_LINK_TOKEN: event.memberLinkToken,
    }),
  );
  return { schema: 'SILVER', name: 'ENCOUNTERS_EVENTS', key: ['EVENT_ID'], rows };
}
