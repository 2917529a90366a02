import type { DeclaredShare } from '@das/contracts';
import { constraintName, type Dialect } from '../compile/policy';
import { identifier, literal, qualified } from '../compile/sql-text';

/** Where views stand that other accounts read. */
export const SHARED = 'SHARED';

/** `DB.SHARED.NAME` */
export function sharedViewName({ database, name }: Pick<DeclaredShare, 'database' | 'name'>): string {
  return `${database}.${SHARED}.${name}`;
}

/**
 * The day in UTC, whatever the time zone of who asks: a session of an account outside could put its own day back.
 * DuckDB's current_timestamp has a zone, too.
 */
export const TODAY: Readonly<Record<Dialect, string>> = {
  snowflake: 'SYSDATE()::DATE',
  duckdb: "(current_timestamp AT TIME ZONE 'UTC')::DATE",
};

/**
 * A secure view: without it, whoever reads could learn of rows that are not theirs by what fails, or by the view's text. Masks
 * and row access are those of the table, asked in the session of the account outside; after its last day it shows nothing,
 * whether or not somebody has come to take it away.
 */
export function sharedView(share: DeclaredShare): string {
  const { contract, purpose, contact, expires, columns, table } = share;
  const comment = `Of ${contract}, for ${purpose}, until ${expires}; ${contact}.`;
  const { aggregation } = table;
  const entity =
    aggregation === undefined || aggregation.entity.length === 0
      ? ''
      : ` ENTITY KEY (${aggregation.entity.map(identifier).join(', ')})`;
  const groups =
    aggregation === undefined
      ? ''
      : ` WITH AGGREGATION POLICY ${qualified(share.database, 'OPS', constraintName('aggregation', aggregation.policy))}${entity}`;
  return [
    `CREATE OR REPLACE SECURE VIEW ${qualified(...sharedViewName(share).split('.'))} (`,
    columns.map((column) => `  ${identifier(column)}`).join(',\n'),
    `)\nCOPY GRANTS COMMENT = ${literal(comment)}${groups} AS`,
    sharedSelect(share, qualified(share.database, table.tier, table.name), 'snowflake'),
  ].join('\n');
}

/** What the view shows of a table. @param from - SQL that names it */
export function sharedSelect(
  { columns, expires }: Pick<DeclaredShare, 'columns' | 'expires'>,
  from: string,
  dialect: Dialect,
): string {
  return `SELECT ${columns.map(identifier).join(', ')}\nFROM ${from}\nWHERE ${TODAY[dialect]} <= ${literal(expires)}::DATE`;
}
