import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Failure } from '@das/pipeline';
import type { DuckDBConnection } from '@duckdb/node-api';
import { copySynced } from './durable';

const SUFFIX = '.duckdb';

/** `<DB>.duckdb` each, by name of the database. */
export function databasesIn(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(SUFFIX))
    .map((name) => basename(name, SUFFIX))
    .sort();
}

export function databaseFile(folder: string, database: string): string {
  return join(folder, `${database}${SUFFIX}`);
}

/**
 * Copies the databases with all that was committed to them. Each is held open while it is copied, so nobody else
 * can write to it: DuckDB's lock ends with the last byte that is read.
 * @throws Failure transient while another process has one of them open
 */
export async function copyDatabases(from: string, to: string): Promise<readonly string[]> {
  const names = databasesIn(from);
  await withDuckDb(async (db) => {
    for (const name of names) {
      const file = databaseFile(from, name);
      await attach(db, file, name, false);
      await db.run(`CHECKPOINT ${quote(name)}`);
      await copySynced(file, databaseFile(to, name));
      await db.run(`DETACH ${quote(name)}`);
    }
  });
  return names;
}

/** Rows of every table and view, by `DB.SCHEMA.TABLE`. That they can be counted shows that the copies can be read. */
export async function countRows(folder: string, names: readonly string[]): Promise<Record<string, number>> {
  const rows: Record<string, number> = {};
  await withDuckDb(async (db) => {
    for (const name of names) await attach(db, databaseFile(folder, name), name, true);
    const tables = await db.runAndReadAll(
      `SELECT table_catalog, table_schema, table_name FROM information_schema.tables
       WHERE table_catalog IN (${names.map(() => '?').join(', ')}) ORDER BY ALL`,
      [...names],
    );
    for (const parts of tables.getRows()) {
      const table = parts.map(String);
      const [row] = (await db.runAndReadAll(`SELECT count(*) FROM ${table.map(quote).join('.')}`)).getRows();
      rows[table.join('.')] = Number(row?.[0]);
    }
  });
  return rows;
}

async function withDuckDb(use: (db: DuckDBConnection) => Promise<void>): Promise<void> {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(':memory:');
  const db = await instance.connect();
  try {
    await use(db);
  } catch (cause) {
    throw asFailure(cause);
  } finally {
    db.closeSync();
    instance.closeSync();
  }
}

async function attach(db: DuckDBConnection, file: string, name: string, readOnly: boolean): Promise<void> {
  const options = readOnly ? ' (READ_ONLY)' : '';
  await db.run(`ATTACH '${file.replaceAll("'", "''")}' AS ${quote(name)}${options}`);
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function asFailure(cause: unknown): Failure {
  const message = cause instanceof Error ? cause.message : '';
  if (message.includes('Could not set lock on file'))
    return new Failure('transient', 'work_in_use', 'another process has the work database open', {
      cure: 'let it end: dbt by hand, or what a killed transform left running',
      cause,
    });
  return new Failure('unknown', 'not_published', 'a database that was built cannot be copied or read', {
    cure: 'see that there is room on the disk where DAS_REFINED is',
    cause,
  });
}
