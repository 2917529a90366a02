import type { StreamContract } from '@das/contracts';
import type { Row } from '@das/warehouse';
import type { State } from './selection';

/** A dead letter as it is listed: everything but what was refused. */
export interface DeadLetter {
  readonly id: string;
  readonly stream: string;
  readonly state: State;
  readonly reason: string;
  readonly stage: string;
  /** Paths and rules; no values. */
  readonly errors: readonly { readonly path: string; readonly rule: string }[];
  readonly ingestedAt: string;
  readonly sourceTs: string | null;
  readonly contractVersion: string;
  readonly collector: string;
}

/** What a listing reads of BRONZE. */
export const LISTED_COLUMNS = [
  'DEAD_REASON',
  'DEAD_STAGE',
  'DEAD_ERRORS',
  'INGESTED_AT',
  'SOURCE_TS',
  'CONTRACT_VERSION',
  'COLLECTOR',
];

export function toDeadLetter(row: Row, { stream }: StreamContract): DeadLetter {
  return {
    id: String(row.ID),
    stream,
    state: row.STATE as State,
    reason: String(row.DEAD_REASON),
    stage: String(row.DEAD_STAGE),
    errors: JSON.parse(String(row.DEAD_ERRORS ?? '[]')) as DeadLetter['errors'],
    ingestedAt: String(row.INGESTED_AT),
    sourceTs: row.SOURCE_TS === null ? null : String(row.SOURCE_TS),
    contractVersion: String(row.CONTRACT_VERSION),
    collector: String(row.COLLECTOR),
  };
}

export function errorsText({ errors }: DeadLetter): string {
  return errors.map(({ path, rule }) => `${path === '' ? '/' : path} ${rule}`).join(', ');
}
