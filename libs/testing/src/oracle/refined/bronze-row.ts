/** A row of BRONZE as text, column by column; times in ISO 8601. What lands and what the oracle reads. */
export interface BronzeRow {
  readonly EVENT_ID: string | null;
  readonly EVENT_TYPE: string | null;
  readonly EVENT_TS: string | null;
  readonly SCHEMA_VERSION: string | null;
  readonly SUBJECT_KEY: string | null;
  readonly OUTCOME: 'landed' | 'dead';
  /** JSON */
  readonly PAYLOAD: string | null;
  /** JSON */
  readonly PHI_TAGS: string | null;
  /** JSON */
  readonly LINK_TOKENS: string | null;
  readonly CLASSIFICATION: string;
  readonly IS_LATE: boolean | null;
  readonly DEAD_REASON: string | null;
  readonly DEAD_STAGE: string | null;
  /** JSON */
  readonly DEAD_ERRORS: string | null;
  readonly DEAD_PAYLOAD: string | null;
  readonly SOURCE: string;
  readonly SOURCE_EPOCH: number;
  readonly SOURCE_PARTITION: string;
  readonly SOURCE_OFFSET: string;
  readonly SOURCE_TS: string | null;
  /** JSON */
  readonly SOURCE_HEADERS: string | null;
  readonly RECORD_HASH: string;
  readonly REPLAY_OF: string | null;
  readonly INGESTED_AT: string;
  readonly COLLECTOR: string;
  readonly CONTRACT_VERSION: string;
  readonly TRACE_ID: string | null;
}

/** A row of OPS.DEAD_LETTER_AUDIT. */
export interface AuditRow {
  readonly AUDIT_ID: string;
  readonly AT: string;
  readonly ACTOR: string;
  readonly ACTION: 'discard' | 'reveal' | 'replay';
  readonly STREAM: string;
  readonly RECORD: string | null;
  /** JSON */
  readonly SELECTION: string | null;
  readonly REASON: string | null;
}

/** A row of OPS.TOKEN_REKEYS. */
export interface RekeyRow {
  readonly PURPOSE: string;
  readonly FROM_KEY: string;
  readonly TO_KEY: string;
  readonly OLD_TOKEN: string;
  readonly NEW_TOKEN: string;
  readonly AT: string;
  readonly ACTOR: string;
}

/** `kafka:orders.v1/1/3/12345`: what names a record for ever. */
export function recordIdOf(row: BronzeRow): string {
  return [row.SOURCE, row.SOURCE_EPOCH, row.SOURCE_PARTITION, row.SOURCE_OFFSET].join('/');
}
