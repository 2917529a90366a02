import { toProductContract, type OdcsDocument } from '@das/contracts';
import type { Procedure, Routines, Task } from '../account-objects';
import type { AccountDeclaration } from '../declaration-schema';
import { literal, quoted } from '../sql/sql-text';

/** Rows of a table that are deleted so many days after a time that they have. */
interface Expiring {
  /** Dotted. */
  readonly table: string;
  readonly column: string;
  readonly days: number;
  /** `DYNAMIC TABLE` or `TABLE`. */
  readonly kind: string;
}

const SCHEDULE = 'USING CRON 20 3 * * * UTC';

/** How a domain's old rows go. */
export interface Expiry extends Routines {
  readonly domain: string;
  /** Storage lifecycle policies, as statements. */
  readonly policies: readonly string[];
}

/**
 * Old rows are deleted, day by day; Time Travel is another matter, and comes to its end after them. From tables that are the
 * account's own (BRONZE, OPS) a task deletes. SILVER and GOLD are the refreshing role's, and nobody can delete from a dynamic
 * table: they have storage lifecycle policies.
 */
export function declareExpiry(
  domain: string,
  database: string,
  documents: readonly OdcsDocument[],
  { retention }: AccountDeclaration,
): Expiry {
  const own = documents.filter((document) => document.domain === domain);
  const deleted = [
    ...own.flatMap((document) => bronzeTables(document, database)),
    { table: `${database}.OPS.DEAD_LETTER_AUDIT`, column: 'AT', days: retention.opsDays, kind: 'TABLE' },
    { table: `${database}.OPS.EVENTS`, column: 'TIMESTAMP', days: retention.eventDays, kind: 'TABLE' },
  ];
  const refined = [
    ...own.flatMap((document) => silverTables(document, database, retention.silverDays)),
    ...own.flatMap(goldTables),
  ];
  const attach = attaching(database, refined);
  return {
    domain,
    policies: [...new Set(refined.map(({ days }) => days))].map((days) => lifecyclePolicy(database, days)),
    procedures: [attach],
    tasks: [
      ...deleted.map((expiring) => deleting(database, expiring)),
      {
        name: `${database}.OPS.KEEP_EXPIRY`,
        schedule: SCHEDULE,
        definition: `CALL ${quoted(attach.name)}()`,
      },
    ],
  };
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
      { readonly frozen?: { readonly column: string } } | undefined;
    if (materialized !== 'dynamic_table' || model?.frozen === undefined) return [];
    const name = `${table.database}.${table.schema}.${table.name}`;
    return [
      { table: name, column: model.frozen.column.toUpperCase(), days: retentionDays, kind: 'DYNAMIC TABLE' },
    ];
  });
}

function has({ customProperties }: OdcsDocument, name: string): boolean {
  return customProperties.some(({ property }) => property === name);
}

function deleting(database: string, { table, column, days }: Expiring): Task {
  return {
    name: `${database}.OPS.EXPIRE_${table.split('.').slice(1).join('_')}`,
    schedule: SCHEDULE,
    definition: `DELETE FROM ${quoted(table)} WHERE ${quoted(column)} < DATEADD(DAY, -${days}, CURRENT_TIMESTAMP())`,
  };
}

function policyName(database: string, days: number): string {
  return quoted(`${database}.OPS.EXPIRE_AFTER_${days}_DAYS`);
}

function lifecyclePolicy(database: string, days: number): string {
  return `CREATE STORAGE LIFECYCLE POLICY IF NOT EXISTS ${policyName(database, days)} AS ("AT" TIMESTAMP_TZ) RETURNS BOOLEAN -> "AT" < DATEADD(DAY, -${days}, CURRENT_DATE())`;
}

/**
 * A policy per promise, and a procedure that attaches it where it is missing: dbt makes the tables after this, and a table
 * that it replaces comes without. A second policy is refused by Snowflake, so that one that is there stays.
 */
function attaching(database: string, tables: readonly Expiring[]): Procedure {
  const lines = tables.map(
    ({ table, column, days, kind }) => `  BEGIN
    ALTER ${kind} ${quoted(table)} ADD STORAGE LIFECYCLE POLICY ${policyName(database, days)} ON (${quoted(column)});
  EXCEPTION
    WHEN OTHER THEN SYSTEM$LOG_DEBUG(${literal(`${table} is missing, or expires already`)});
  END;`,
  );
  return {
    name: `${database}.OPS.ATTACH_EXPIRY`,
    parameters: [],
    body: `BEGIN\n${lines.join('\n')}\n  RETURN 'done';\nEND`,
  };
}
