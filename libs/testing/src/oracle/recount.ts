import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import type { ExpectedRecord } from './expected-records';

export interface RecountQuery {
  readonly lake: string;
  readonly table: { readonly database: string; readonly schema: string; readonly name: string };
  readonly records: AsyncIterable<ExpectedRecord>;
}

/** What the source and the table hold, counted by reading both. */
export interface Recount {
  /** Records in the source. */
  readonly produced: number;
  /** Rows in the table, dead ones included. */
  readonly rows: number;
  readonly dead: Readonly<Record<string, number>>;
  /** Tombstones: records that rightly left no row. */
  readonly dropped: number;
  /** Records that should have left a row and left none. */
  readonly lost: number;
  /** Rows beyond the first of their record, and rows of no record. */
  readonly duplicated: number;
  /** Landed payloads that are not, byte for byte, what the source holds. */
  readonly altered: number;
  /** From the producer's sending to the commit, in seconds, one per landed row that is not late. */
  readonly latencies: readonly number[];
}

/**
 * Recounts a stream from its source and from the lake's Parquet files. It shares no code with the collectors
 * and asks them nothing.
 */
export async function recount({ lake, table, records }: RecountQuery): Promise<Recount> {
  const instance = await DuckDBInstance.create(':memory:');
  const db = await instance.connect();
  try {
    await db.run('CREATE TABLE expected (partition VARCHAR, position VARCHAR, md5 VARCHAR)');
    await insertExpected(db, records);
    await loadRows(db, join(lake, table.database, table.schema, table.name));
    return await compare(db);
  } finally {
    db.closeSync();
    instance.closeSync();
  }
}

async function insertExpected(db: DuckDBConnection, records: AsyncIterable<ExpectedRecord>): Promise<void> {
  const appender = await db.createAppender('expected');
  for await (const { partition, position, md5 } of records) {
    appender.appendVarchar(partition);
    appender.appendVarchar(position);
    if (md5 === undefined) appender.appendNull();
    else appender.appendVarchar(md5);
    appender.endRow();
  }
  appender.closeSync();
}

async function loadRows(db: DuckDBConnection, folder: string): Promise<void> {
  await db.run('CREATE TABLE files (filename VARCHAR, committed_ms DOUBLE)');
  const files = parquetFiles(folder);
  if (files.length === 0) {
    await db.run(
      'CREATE TABLE found (filename VARCHAR, SOURCE_PARTITION VARCHAR, SOURCE_OFFSET VARCHAR, OUTCOME VARCHAR, DEAD_REASON VARCHAR, PAYLOAD VARCHAR, IS_LATE BOOLEAN)',
    );
    return;
  }
  const appender = await db.createAppender('files');
  for (const file of files) {
    appender.appendVarchar(file);
    // A rename leaves the time of the last write: what a reader could have seen first.
    appender.appendDouble(statSync(file).mtimeMs);
    appender.endRow();
  }
  appender.closeSync();
  await db.run(
    `CREATE TABLE found AS SELECT filename, SOURCE_PARTITION, SOURCE_OFFSET, OUTCOME, DEAD_REASON,
       CAST(PAYLOAD AS VARCHAR) AS PAYLOAD, IS_LATE
     FROM read_parquet([${files.map((file) => `'${file.replaceAll("'", "''")}'`).join(',')}], filename = true)`,
  );
}

function parquetFiles(folder: string): readonly string[] {
  if (statSync(folder, { throwIfNoEntry: false }) === undefined) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.parquet') && !name.includes('_tmp'))
    .map((name) => join(folder, name))
    .sort();
}

async function compare(db: DuckDBConnection): Promise<Recount> {
  const number = async (sql: string): Promise<number> => {
    const [row] = (await db.runAndReadAll(sql)).getRows();
    return Number(row?.[0] ?? 0);
  };
  await db.run(
    `CREATE TABLE per_record AS SELECT SOURCE_PARTITION AS partition, SOURCE_OFFSET AS position, count(*) AS n,
       any_value(md5(PAYLOAD)) FILTER (OUTCOME = 'landed') AS md5 FROM found GROUP BY ALL`,
  );
  const dead = await db.runAndReadAll(
    "SELECT DEAD_REASON, count(*) FROM found WHERE OUTCOME = 'dead' GROUP BY 1 ORDER BY 1",
  );
  const latencies = await db.runAndReadAll(
    `SELECT (committed_ms - epoch_ms(CAST(json_extract_string(PAYLOAD, '$.sent_at') AS TIMESTAMPTZ))) / 1000
     FROM found JOIN files USING (filename) WHERE OUTCOME = 'landed' AND IS_LATE = false`,
  );
  return {
    produced: await number('SELECT count(*) FROM expected'),
    rows: await number('SELECT count(*) FROM found'),
    dead: Object.fromEntries(dead.getRows().map(([reason, count]) => [String(reason), Number(count)])),
    dropped: await number('SELECT count(*) FROM expected WHERE md5 IS NULL'),
    lost: await number(
      'SELECT count(*) FROM expected e ANTI JOIN per_record USING (partition, position) WHERE e.md5 IS NOT NULL',
    ),
    duplicated:
      (await number('SELECT coalesce(sum(n - 1), 0) FROM per_record')) +
      (await number(
        'SELECT count(*) FROM per_record ANTI JOIN (SELECT * FROM expected WHERE md5 IS NOT NULL) USING (partition, position)',
      )),
    altered: await number(
      'SELECT count(*) FROM expected e JOIN per_record p USING (partition, position) WHERE p.md5 IS NOT NULL AND p.md5 <> e.md5',
    ),
    latencies: latencies.getRows().map(([seconds]) => Number(seconds)),
  };
}
