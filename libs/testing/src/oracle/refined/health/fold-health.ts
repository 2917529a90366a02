import { claimsFilesV1, consentsEventsV1, encountersEventsV1 } from '@contracts/brook-health';
import type { AuditRow, BronzeRow, RekeyRow } from '../bronze-row';
import { expectedDeadLetters } from '../dead-letters';
import type { ExpectedTable } from '../expected-table';
import { landedEvents } from '../landed-events';
import { expectedClaims } from './claims';
import { claimEvent, expectedClaimsFiles } from './claims-files';
import { consentEvent, expectedConsentsEvents } from './consents-events';
import { expectedEncounters } from './encounters';
import { encounterEvent, expectedEncountersEvents } from './encounters-events';
import { newestOf } from './newest';
import { expectedPatientConsents } from './patient-consents';
import { expectedPatients } from './patients';

/** Everything of BROOK_HEALTH that is refined. */
export interface HealthInput {
  readonly encounters: readonly BronzeRow[];
  readonly consents: readonly BronzeRow[];
  readonly claims: readonly BronzeRow[];
  readonly audit: readonly AuditRow[];
  readonly rekeys: readonly RekeyRow[];
}

/** What SILVER, GOLD and OPS.DEAD_LETTERS of BROOK_HEALTH should hold, as `foldRefined` says it of BROOK_COMMERCE. */
export function foldHealth(input: HealthInput): readonly ExpectedTable[] {
  const encounters = landedEvents(input.encounters).map(encounterEvent);
  const consents = landedEvents(input.consents).map(consentEvent);
  const claims = landedEvents(input.claims).map(claimEvent);
  const newest = newestOf(input.rekeys);
  return [
    expectedEncountersEvents(encounters),
    expectedConsentsEvents(consents),
    expectedClaimsFiles(claims),
    expectedPatients(encounters, newest),
    expectedPatientConsents(consents, newest),
    expectedEncounters(encounters, newest),
    expectedClaims(claims, newest),
    expectedDeadLetters(
      new Map([
        [encountersEventsV1.stream, input.encounters],
        [consentsEventsV1.stream, input.consents],
        [claimsFilesV1.stream, input.claims],
      ]),
      input.audit,
    ),
  ];
}
