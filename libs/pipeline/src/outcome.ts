import type { StreamContract } from '@das/contracts';
import type { SourceRecord } from './ports/source';
import { Unprintable } from './unprintable';

/** Why a record became a dead letter: a closed set, because runbooks, fuses and filters rely on it. */
export type DeadReason =
  | 'not_wire_format'
  | 'unknown_schema'
  | 'undecodable'
  | 'not_utf8'
  | 'not_json'
  | 'not_an_object'
  | 'duplicate_key'
  | 'too_deep'
  | 'too_large'
  | 'unknown_version'
  | 'schema_violation'
  | 'unknown_field'
  | 'undeclared_phi'
  | 'too_late';

/** Why a record left no row. */
export type DropReason = 'tombstone' | 'filtered';

/** What is wrong, and where; never a value, and never a name that the contract does not know. */
export interface DeadError {
  /** JSON pointer of declared names; an undeclared one is written `*`. */
  readonly path: string;
  /** The rule that was broken, such as `required` or `type`. */
  readonly rule: string;
}

export interface Dead {
  readonly outcome: 'dead';
  readonly reason: DeadReason;
  /** The step that refused it. */
  readonly stage: string;
  readonly errors: readonly DeadError[];
}

export interface Dropped {
  readonly outcome: 'dropped';
  readonly reason: DropReason;
}

/** One record on its way through the steps; each step may fill in or replace what comes after it. */
export interface Draft {
  readonly record: SourceRecord;
  /**
   * The bytes that land as PAYLOAD: the record's value, or what `decode` made of it; valid JSON without a raw newline
   * once `parse` has passed.
   */
  payload: Uint8Array;
  /** The parsed payload; an empty object before `parse`. Numbers above 2^53 are exact only in `payload`. */
  event: Readonly<Record<string, unknown>>;
  /** The contract version that judges the event: the stream's newest one until `validate` chose by the event. */
  contract: StreamContract;
  isLate: boolean;
  /** For PHI_TAGS: tagged paths that are present, such as `items[].note`; what was found undeclared, `coupon#email`. */
  phiTags: readonly string[];
  /** For LINK_TOKENS: by name of the identity, its token. */
  linkTokens: Readonly<Record<string, string>> | undefined;
}

/** A record that no step has seen. */
export function draftOf(record: SourceRecord, contract: StreamContract): Draft {
  return new ClearDraft(record, contract);
}

const NOTHING = new Uint8Array(0);
const NO_EVENT: Draft['event'] = {};
const NO_TAGS: Draft['phiTags'] = [];

class ClearDraft extends Unprintable implements Draft {
  payload: Uint8Array;
  event = NO_EVENT;
  isLate = false;
  phiTags = NO_TAGS;
  linkTokens: Draft['linkTokens'] = undefined;

  constructor(
    readonly record: SourceRecord,
    public contract: StreamContract,
  ) {
    super();
    this.payload = record.value ?? NOTHING;
  }
}

/** A step either settles the record's outcome or lets it pass (`undefined`): what passes every step lands. */
export type Step = (draft: Draft) => Dead | Dropped | undefined;
