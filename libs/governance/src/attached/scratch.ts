import { literal, qualified } from '../compile/sql-text';
import type { Environment } from '../expectations/expectation-file';

const PREFIX = 'DAS_POLICY_TEST';

/** Where one run makes its things: schemas of its own in one database, each in the place of a schema of a domain. */
export interface Scratch {
  readonly database: string;
  /** Upper case letters and digits: no two runs have the same. */
  readonly run: string;
  readonly environment: Environment;
}

/** What the names of all schemas begin with that runs make. */
export const SCRATCH_PREFIX = `${PREFIX}_`;

/** The scratch schema that stands for `DB.SCHEMA`. */
export function scratchSchema({ run, environment }: Scratch, database: string, schema: string): string {
  return [PREFIX, run, environment.toUpperCase(), database, schema].join('_');
}

/**
 * Rendered SQL with every name below the given databases in its scratch schema: as an identifier (`"DB"."OPS"."X"`), and in a
 * text, as SYSTEM$GET_TAG_ON_CURRENT_COLUMN has it (`'DB.OPS.X'`).
 */
export function inScratch(sql: string, scratch: Scratch, databases: readonly string[]): string {
  const any = databases.join('|');
  return sql
    .replaceAll(new RegExp(`"(${any})"\\."(\\w+)"`, 'g'), (_, database: string, schema: string) =>
      qualified(scratch.database, scratchSchema(scratch, database, schema)),
    )
    .replaceAll(
      new RegExp(`'(${any})\\.(\\w+)\\.(\\w+)'`, 'g'),
      (_, database: string, schema: string, name: string) =>
        literal([scratch.database, scratchSchema(scratch, database, schema), name].join('.')),
    );
}
