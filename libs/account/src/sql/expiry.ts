import { toProductContract, type GeneratedFile, type OdcsDocument } from '@das/contracts';
import type { AccountDeclaration } from '../declaration-schema';
import { script } from './script';
import { literal, quoted } from './sql-text';

/** Rows of a table that are deleted so many days after a time that they have. */
interface Expiring {
  /** Dotted. */
  readonly table: string;
  readonly column: string;
  readonly days: number;
  /** `DYNAMIC TABLE` or `TABLE`. */
  readonly kind: string;
}

const SCHEDULE = "'USING CRON 20 3 * * * UTC'";

/**
 * Old rows are deleted, day by day; Time Travel is another matter, and comes to its end after them. From tables that are the
 * account's own (BRONZE, OPS) a task deletes. SILVER and GOLD are the refreshing role's, and nobody can delete from a dynamic
 * table: they have storage lifecycle policies.
 */
export function expiryFile(
  domain: string,
  database: string,
  documents: readonly OdcsDocument[],
  { retention }: AccountDeclaration,
): GeneratedFile {
  const own = documents.filter((document) => document.domain === domain);
  const deleted = [
    ...own.flatMap((document) => bronzeTables(document, database)),
    { table: `${database}.OPS.DEAD_LETTER_AUDIT`, column: 'AT', days: retention.opsDays, kind: 'TABLE' },
    { table: `${database}.OPS.EVENTS`, column: 'TIMESTAMP', days: retention.eventDays, kind: 'TABLE' },
  ];
  return script('account', 700, `${domain}_expiry`, [
    ...deleted.flatMap((expiring) => deleting(database, expiring)),
    ...refinedExpiry(database, [
      ...own.flatMap((document) => silverTables(document, database, retention.silverDays)),
      ...own.flatMap(goldTables),
    ]),
  ]);
}

function bronzeTables(document: OdcsDocument, database: string): readonly Expiring[] {
  if (!has(document, 'das.collector')) return [];
  const table = `${database}.BRONZE.${document.schema[0]?.physicalName ?? ''}`;
  const days = document.slaProperties.find(({ property }) => property === 'retention')?.value;
  return [{ table, column: 'INGESTED_AT', days: Number(days), kind: 'TABLE' }];
}

function silverTables(document: OdcsDocument, database: string, days: number): readonly Expiring[] {
  if (!has(document, 'das.collector')) return [];
  const table = `${database}.SILVER.${(document.schema[0]?.physicalName ?? '').replace(/_V\d+$/, '')}`;
  return [{ table, column: 'INGESTED_AT', days, kind: 'TABLE' }];
}

/** A row that is frozen says when it was last touched; a table without such rows is made anew from SILVER, which expires. */
function goldTables(document: OdcsDocument): readonly Expiring[] {
  if (!has(document, 'das.product')) return [];
  const { retentionDays, tables } = toProductContract(document);
  return tables.flatMap(({ table, materialized }, index) => {
    const custom = document.schema[index]?.customProperties ?? [];
    const model = custom.find(({ property }) => property === 'das.model')?.value as
      | { readonly frozen?: { readonly column: string } }
      | undefined;
    if (materialized !== 'dynamic_table' || model?.frozen === undefined) return [];
    const name = `${table.database}.${table.schema}.${table.name}`;
    return [{ table: name, column: model.frozen.column.toUpperCase(), days: retentionDays, kind: 'DYNAMIC TABLE' }];
  });
}

function has({ customProperties }: OdcsDocument, name: string): boolean {
  return customProperties.some(({ property }) => property === name);
}

function deleting(database: string, { table, column, days }: Expiring): readonly string[] {
  const task = quoted(`${database}.OPS.EXPIRE_${table.split('.').slice(1).join('_')}`);
  const body = `DELETE FROM ${quoted(table)} WHERE ${quoted(column)} < DATEADD(DAY, -${days}, CURRENT_TIMESTAMP())`;
  return [
    `CREATE TASK IF NOT EXISTS ${task} USER_TASK_MANAGED_INITIAL_WAREHOUSE_SIZE = 'XSMALL' SCHEDULE = ${SCHEDULE} AS ${body}`,
    // A task that runs cannot be changed.
    `ALTER TASK ${task} SUSPEND`,
    `ALTER TASK ${task} MODIFY AS ${body}`,
    `ALTER TASK ${task} RESUME`,
  ];
}

/**
 * A policy per promise, and a procedure that attaches it where it is missing: dbt makes the tables after this, and a table
 * that it replaces comes without. A second policy is refused by Snowflake, so that one that is there stays.
 */
function refinedExpiry(database: string, tables: readonly Expiring[]): readonly string[] {
  if (tables.length === 0) return [];
  const policyOf = (days: number): string => quoted(`${database}.OPS.EXPIRE_AFTER_${days}_DAYS`);
  const bodyOf = (days: number): string => `"AT" < DATEADD(DAY, -${days}, CURRENT_DATE())`;
  const attach = quoted(`${database}.OPS.ATTACH_EXPIRY`);
  const lines = tables.map(
    ({ table, column, days, kind }) => `  BEGIN
    ALTER ${kind} ${quoted(table)} ADD STORAGE LIFECYCLE POLICY ${policyOf(days)} ON (${quoted(column)});
  EXCEPTION
    WHEN OTHER THEN SYSTEM$LOG_DEBUG(${literal(`${table} is missing, or expires already`)});
  END;`,
  );
  return [
    ...[...new Set(tables.map(({ days }) => days))].flatMap((days) => [
      `CREATE STORAGE LIFECYCLE POLICY IF NOT EXISTS ${policyOf(days)} AS ("AT" TIMESTAMP_TZ) RETURNS BOOLEAN -> ${bodyOf(days)}`,
    ]),
    `CREATE OR REPLACE PROCEDURE ${attach}() COPY GRANTS RETURNS VARCHAR LANGUAGE SQL EXECUTE AS OWNER AS $$BEGIN\n${lines.join('\n')}\n  RETURN 'done';\nEND$$`,
    `CREATE TASK IF NOT EXISTS ${quoted(`${database}.OPS.KEEP_EXPIRY`)} USER_TASK_MANAGED_INITIAL_WAREHOUSE_SIZE = 'XSMALL' SCHEDULE = ${SCHEDULE} AS CALL ${attach}()`,
    `ALTER TASK ${quoted(`${database}.OPS.KEEP_EXPIRY`)} RESUME`,
  ];
}
