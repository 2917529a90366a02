import type { DeadReason } from '../outcome';
import type { SourceRecord } from './source';

/** Why a value says nothing. */
export interface Undecoded {
  readonly reason: DeadReason;
  /** The rule that was broken; no value. */
  readonly rule: string;
}

/** Makes JSON of values that are something else, by schemas that are kept elsewhere. */
export interface EventDecoder {
  /**
   * The value as JSON, or why not. At once, like the loop that it serves.
   * @throws Failure where that cannot be known now; it is never the record's fault
   */
  decode(value: Uint8Array): Uint8Array | Undecoded;
  /** How many of the first records `decode` has an answer for. */
  ready(records: readonly Pick<SourceRecord, 'value'>[]): number;
  /**
   * Fetches what `decode` lacks for the first of these records, a bounded number at a time: call it until they are
   * ready. Never rejects: where nothing could be had, none of them is ready, and `decode` throws what was wrong.
   */
  prepare(records: readonly Pick<SourceRecord, 'value'>[]): Promise<void>;
  /** What is under way ends. Idempotent. */
  close(): Promise<void>;
}
