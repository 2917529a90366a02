import type { SecuredView } from '@das/contracts';

/** Who reads, and what that means where no warehouse enforces it. */
export interface ReaderRole {
  readonly role: string;
  /** Of every domain; Snowflake has policies of its own. */
  readonly views: readonly SecuredView[];
}
