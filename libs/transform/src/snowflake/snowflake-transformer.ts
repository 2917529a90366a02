import type { Row, Value, Warehouse } from '@das/warehouse';
import type { RunOptions, RunReport, Transformer } from '../transformer';
import { dynamicTables, refreshHistory, taskHistory } from './observe-sql';
import type { ObservedDynamicTable, ObservedTask } from './observed';

/** States of a run that somebody should look at; a SKIPPED one had nothing to do. */
const FAILED = new Set(['FAILED', 'FAILED_AND_AUTO_SUSPENDED', 'UPSTREAM_FAILED']);

/** Snowflake refines by itself, by tasks and dynamic tables; a run of this one asks how far they have come. */
export function observeSnowflake(warehouse: Warehouse, databases: readonly string[]): Transformer {
  return {
    run: async ({ signal }: RunOptions): Promise<RunReport> => {
      const ask = async (sql: string, database: string): Promise<Row[]> => {
        const rows: Row[] = [];
        for await (const row of warehouse.query(sql, [database], { signal })) rows.push(row);
        return rows;
      };
      const tasks: ObservedTask[] = [];
      const tables: ObservedDynamicTable[] = [];
      for (const database of databases) {
        tasks.push(...readTasks(database, await ask(taskHistory(database), database)));
        const refreshes = await ask(refreshHistory(database), database);
        tables.push(...readTables(database, await ask(dynamicTables(database), database), refreshes));
      }
      return { state: 'observed', tasks, dynamicTables: tables };
    },
    close: async () => warehouse.close(),
  };
}

/** @param runs - the latest first */
function readTasks(database: string, runs: readonly Row[]): ObservedTask[] {
  return [...byName(database, runs)]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([name, [last = {}, ...earlier]]) => ({
      name,
      state: text(last.STATE),
      lastRunAt: text(last.QUERY_START_TIME),
      seconds: number(last.SECONDS),
      runs: earlier.length + 1,
      failures: failuresIn([last, ...earlier]),
      errorCode: text(last.ERROR_CODE),
    }));
}

/** @param history - refreshes, the latest first */
function readTables(
  database: string,
  tables: readonly Row[],
  history: readonly Row[],
): ObservedDynamicTable[] {
  const refreshes = byName(database, history);
  return tables.map((table) => {
    const name = nameOf(database, table);
    const all = refreshes.get(name) ?? [];
    const [last = {}] = all;
    const statistics = parsed(last.STATISTICS);
    return {
      name,
      scheduling: text(parsed(table.SCHEDULING_STATE).state) ?? text(table.SCHEDULING_STATE),
      state: text(last.STATE),
      lastRefreshAt: text(last.REFRESH_START_TIME),
      action: text(last.REFRESH_ACTION),
      lagSeconds: number(table.LAG_SECONDS),
      targetLagSeconds: number(table.TARGET_LAG_SEC),
      rowsInserted: number(statistics.numInsertedRows),
      rowsDeleted: number(statistics.numDeletedRows),
      refreshes: all.length,
      failures: failuresIn(all),
    };
  });
}

function byName(database: string, rows: readonly Row[]): ReadonlyMap<string, readonly Row[]> {
  const found = new Map<string, Row[]>();
  for (const row of rows) {
    const name = nameOf(database, row);
    found.set(name, [...(found.get(name) ?? []), row]);
  }
  return found;
}

function nameOf(database: string, { SCHEMA_NAME: schema = '', NAME: name = '' }: Row): string {
  return `${database}.${String(schema)}.${String(name)}`;
}

function failuresIn(rows: readonly Row[]): number {
  return rows.filter(({ STATE: state }) => FAILED.has(String(state))).length;
}

function text(value: Value | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** A DECIMAL may come as text. */
function number(value: Value | undefined): number | null {
  return value === null || value === undefined || value === '' ? null : Number(value);
}

/** Of a VARIANT, which comes as the text of its JSON. */
function parsed(value: Value | undefined): Readonly<Record<string, Value>> {
  try {
    const object = JSON.parse(String(value)) as unknown;
    return typeof object === 'object' && object !== null ? (object as Record<string, Value>) : {};
  } catch {
    return {};
  }
}
