import { offsetOrder, paddedOffset } from '../source-offset';
import type { StreamContract } from '@das/contracts';
import type { Bind } from '@das/warehouse';
import type { Selection, State } from './selection';

/** A query of the part of SQL that every warehouse understands. */
export interface Query {
  readonly sql: string;
  readonly binds: readonly Bind[];
}

const ID = `"SOURCE" || '/' || CAST("SOURCE_EPOCH" AS VARCHAR) || '/' || "SOURCE_PARTITION" || '/' || "SOURCE_OFFSET"`;

const STATES: Readonly<Record<State, string>> = {
  open: 'r."ID" IS NULL AND a."ID" IS NULL',
  replayed: 'r."ID" IS NOT NULL',
  discarded: 'r."ID" IS NULL AND a."ID" IS NOT NULL',
};

export function tableOf({ table }: StreamContract): string {
  return qualified(table.database, table.schema, table.name);
}

/** The audit of the stream's domain. */
export function auditTable({ table }: StreamContract) {
  return { database: table.database, schema: 'OPS', name: 'DEAD_LETTER_AUDIT' };
}

/**
 * Dead letters by the time of their refusal.
 * @param columns - of BRONZE, beside ID and STATE
 */
export function listQuery(
  contract: StreamContract,
  selection: Selection,
  options: { readonly columns: readonly string[]; readonly state: State | undefined; readonly limit: number },
): Query {
  const names = options.columns.map((name) => `d.${quote(name)}`).join(', ');
  const { sql, binds } = deadLetters(contract, selection, options.state);
  return {
    sql: `SELECT d."ID", ${stateCase()} AS "STATE", ${names} ${sql} ORDER BY d."INGESTED_AT", ${offsetOrder('d."SOURCE_OFFSET"')}, d."ID" LIMIT ${options.limit}`,
    binds,
  };
}

/** How many there are, by reason. */
export function summaryQuery(
  contract: StreamContract,
  selection: Selection,
  state: State | undefined,
): Query {
  const { sql, binds } = deadLetters(contract, selection, state);
  return {
    sql:
      `SELECT d."DEAD_REASON" AS "REASON", COUNT(*) AS "COUNT", MIN(d."INGESTED_AT") AS "FIRST", MAX(d."INGESTED_AT") AS "LAST" ` +
      `${sql} GROUP BY d."DEAD_REASON" ORDER BY "COUNT" DESC, "REASON"`,
    binds,
  };
}

/** The rows that replay a dead letter, oldest first. */
export function replaysQuery(contract: StreamContract, id: string): Query {
  return {
    sql:
      `SELECT ${ID} AS "ID", "OUTCOME", "DEAD_REASON", "INGESTED_AT", "CONTRACT_VERSION" ` +
      `FROM ${tableOf(contract)} WHERE "REPLAY_OF" = ? ORDER BY "INGESTED_AT"`,
    binds: [id],
  };
}

/** What was done with a dead letter, oldest first. */
export function auditQuery(contract: StreamContract, id: string): Query {
  const { database, schema, name } = auditTable(contract);
  return {
    sql: `SELECT "AT", "ACTOR", "ACTION", "REASON" FROM ${qualified(database, schema, name)} WHERE "RECORD" = ? ORDER BY "AT"`,
    binds: [id],
  };
}

function deadLetters(contract: StreamContract, selection: Selection, state: State | undefined): Query {
  const table = tableOf(contract);
  const audit = auditTable(contract);
  const { where, binds } = filters(selection);
  return {
    sql:
      `FROM (SELECT *, ${ID} AS "ID" FROM ${table} WHERE ${where.join(' AND ')}) d ` +
      `LEFT JOIN (SELECT DISTINCT "REPLAY_OF" AS "ID" FROM ${table} WHERE "REPLAY_OF" IS NOT NULL) r ON r."ID" = d."ID" ` +
      `LEFT JOIN (SELECT DISTINCT "RECORD" AS "ID" FROM ${qualified(audit.database, audit.schema, audit.name)} ` +
      `WHERE "ACTION" = 'discard' AND "RECORD" IS NOT NULL) a ON a."ID" = d."ID"` +
      (state === undefined ? '' : ` WHERE ${STATES[state]}`),
    binds,
  };
}

function filters(selection: Selection): {
  readonly where: readonly string[];
  readonly binds: readonly Bind[];
} {
  const where = [`"OUTCOME" = 'dead'`];
  const binds: Bind[] = [];
  const add = (condition: string, ...values: readonly Bind[]): void => {
    where.push(condition);
    binds.push(...values);
  };
  const { ids, reason, since, until, partition, from, to } = selection;
  if (ids !== undefined) add(`${ID} IN (${ids.map(() => '?').join(', ')})`, ...ids);
  if (reason !== undefined) add(`"DEAD_REASON" IN (${reason.map(() => '?').join(', ')})`, ...reason);
  if (since !== undefined) add('"INGESTED_AT" >= CAST(? AS TIMESTAMPTZ)', new Date(since).toISOString());
  if (until !== undefined) add('"INGESTED_AT" < CAST(? AS TIMESTAMPTZ)', new Date(until).toISOString());
  if (partition !== undefined) add('"SOURCE_PARTITION" = ?', partition);
  const offset = offsetOrder('"SOURCE_OFFSET"');
  if (from !== undefined) add(`${offset} >= ?`, paddedOffset(from, '0'));
  if (to !== undefined) add(`${offset} <= ?`, paddedOffset(to, '9'));
  return { where, binds };
}

function stateCase(): string {
  return `CASE WHEN r."ID" IS NOT NULL THEN 'replayed' WHEN a."ID" IS NOT NULL THEN 'discarded' ELSE 'open' END`;
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

export function qualified(...parts: readonly string[]): string {
  return parts.map(quote).join('.');
}
