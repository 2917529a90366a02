import { toProductContract, type OdcsDocument } from '@das/contracts';
import type { Expiry, Procedure, Task } from '../account-objects';
import type { AccountDeclaration } from '../declaration-schema';
import { identifier, literal, quoted } from '../sql/sql-text';

/** Rows of a table that are deleted so many days after a time that they have. */
interface Expiring {
  /** Dotted. */
  readonly table: string;
  /** The first that is not null says when. */
  readonly columns: readonly string[];
  readonly days: number;
  /** `DYNAMIC TABLE` or `TABLE`. */
  readonly kind: string;
}

const SCHEDULE = 'USING CRON 20 3 * * * UTC';

/**
 * Old rows are deleted, day by day; Time Travel is another matter, and comes to its end after them. From tables that are the
 * account's own (BRONZE, OPS) a task deletes. SILVER, GOLD and dead letters are the refreshing role's, and nobody can delete from a dynamic
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
    { table: `${database}.OPS.DEAD_LETTER_AUDIT`, columns: ['AT'], days: retention.opsDays, kind: 'TABLE' },
    { table: `${database}.OPS.EVENTS`, columns: ['TIMESTAMP'], days: retention.eventDays, kind: 'TABLE' },
  ];
  const refined = [
    ...own.flatMap((document) => silverTables(document, database, retention.silverDays)),
    ...own.flatMap(goldTables),
    deadLetters(database, retention.deadLetterDays),
  ];
  const attach = attaching(database, refined);
  return {
    domain,
    policies: [...new Set(refined.map((one) => lifecyclePolicy(database, one)))],
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
  return [{ table, columns: ['INGESTED_AT'], days: Number(days), kind: 'TABLE' }];
}

function silverTables(document: OdcsDocument, database: string, days: number): readonly Expiring[] {
  if (!has(document, 'das.collector')) return [];
  const table = `${database}.SILVER.${(document.schema[0]?.physicalName ?? '').replace(/_V\d+$/, '')}`;
  return [{ table, columns: ['INGESTED_AT'], days, kind: 'TABLE' }];
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
      {
        table: name,
        columns: [model.frozen.column.toUpperCase()],
        days: retentionDays,
        kind: 'DYNAMIC TABLE',
      },
    ];
  });
}

/** dbt makes it, too. A letter whose refusal is not known, or not any more, has the time of what was done with it alone. */
function deadLetters(database: string, days: number): Expiring {
  const columns = ['INGESTED_AT', 'REPLAYED_AT', 'DISCARDED_AT'];
  return { table: `${database}.OPS.DEAD_LETTER_FACTS`, columns, days, kind: 'TABLE' };
}

function has({ customProperties }: OdcsDocument, name: string): boolean {
  return customProperties.some(({ property }) => property === name);
}

function deleting(database: string, { table, columns: [column = ''], days }: Expiring): Task {
  return {
    name: `${database}.OPS.EXPIRE_${table.split('.').slice(1).join('_')}`,
    schedule: SCHEDULE,
    definition: `DELETE FROM ${quoted(table)} WHERE ${quoted(column)} < DATEADD(DAY, -${days}, CURRENT_TIMESTAMP())`,
  };
}

function policyName(database: string, { days, columns }: Expiring): string {
  const several = columns.length === 1 ? '' : `_FIRST_OF_${columns.length}`;
  return quoted(`${database}.OPS.EXPIRE_AFTER_${days}_DAYS${several}`);
}

function lifecyclePolicy(database: string, expiring: Expiring): string {
  const { days, columns } = expiring;
  const args = columns.map((_, at) => (columns.length === 1 ? '"AT"' : `"AT_${at + 1}"`));
  const at = args.length === 1 ? args.join() : `COALESCE(${args.join(', ')})`;
  return `CREATE STORAGE LIFECYCLE POLICY IF NOT EXISTS ${policyName(database, expiring)} AS (${args.map((arg) => `${arg} TIMESTAMP_TZ`).join(', ')}) RETURNS BOOLEAN -> ${at} < DATEADD(DAY, -${days}, CURRENT_DATE())`;
}

/**
 * A policy per promise, and a procedure that attaches it where it is missing: dbt makes the tables after this, and a table
 * that it replaces comes without. A second policy is refused by Snowflake, so that one that is there stays.
 */
function attaching(database: string, tables: readonly Expiring[]): Procedure {
  const lines = tables.map(
    (one) => `  BEGIN
    ALTER ${one.kind} ${quoted(one.table)} ADD STORAGE LIFECYCLE POLICY ${policyName(database, one)} ON (${one.columns.map(identifier).join(', ')});
  EXCEPTION
    WHEN OTHER THEN SYSTEM$LOG_DEBUG(${literal(`${one.table} is missing, or expires already`)});
  END;`,
  );
  return {
    name: `${database}.OPS.ATTACH_EXPIRY`,
    parameters: [],
    body: `BEGIN\n${lines.join('\n')}\n  RETURN 'done';\nEND`,
  };
}
