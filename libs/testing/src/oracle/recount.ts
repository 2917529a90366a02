import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import type { ExpectedRecord } from './expected-records';
import { loadRows } from './lake-rows';

export interface RecountQuery {
  readonly lake: string;
  readonly table: { readonly database: string; readonly schema: string; readonly name: string };
  readonly records: AsyncIterable<ExpectedRecord>;
}

/** What the source and the table hold, counted by reading both. */
export interface Recount {
  /** Records in the source. */
  readonly produced: number;
  /** Rows in the table, dead ones included and replays not. */
  readonly rows: number;
  /** Rows that replay another one; each of them once, or it is counted as duplicated too. */
  readonly replays: number;
  readonly dead: Readonly<Record<string, number>>;
  /** Tombstones: records that rightly left no row. */
  readonly dropped: number;
  /** Records that should have left a row and left none. */
  readonly lost: number;
  /** Rows beyond the first of their record, and rows of no record. */
  readonly duplicated: number;
  /** Landed payloads that are not, byte for byte, what is to land of what the source holds. */
  readonly altered: number;
  /** Rows that their channel committed after a row of a later position. */
  readonly misordered: number;
  /** From the producer's first sending of a landed event to its commit, in seconds, one per event. */
  readonly latencies: readonly number[];
}

const RECORD = 'source, partition, position';
/** A replayed row has its record's coordinates, but for the source. */
const REPLAYED = 'e.source = r.origin AND e.partition = r.partition AND e.position = r.position';

/**
 * Recounts a stream from its source and from the lake's Parquet files. It shares no code with the collectors
 * and asks them nothing. What it holds is about a hundred bytes a record, in DuckDB.
 */
export async function recount({ lake, table, records }: RecountQuery): Promise<Recount> {
  const instance = await DuckDBInstance.create(':memory:');
  const db = await instance.connect();
  try {
    await loadExpected(db, records);
    await loadRows(db, lake, table);
    return await compare(db);
  } finally {
    db.closeSync();
    instance.closeSync();
  }
}

async function loadExpected(db: DuckDBConnection, records: AsyncIterable<ExpectedRecord>): Promise<void> {
  await db.run('CREATE TABLE expected (source VARCHAR, partition VARCHAR, position VARCHAR, md5 VARCHAR)');
  const appender = await db.createAppender('expected');
  for await (const { source, partition, position, md5 } of records) {
    appender.appendVarchar(source);
    appender.appendVarchar(partition);
    appender.appendVarchar(position);
    if (md5 === undefined) appender.appendNull();
    else appender.appendVarchar(md5);
    appender.endRow();
  }
  appender.closeSync();
}

async function compare(db: DuckDBConnection): Promise<Recount> {
  const number = async (sql: string): Promise<number> => {
    const [row] = (await db.runAndReadAll(sql)).getRows();
    return Number(row?.[0] ?? 0);
  };
  await db.run('CREATE VIEW found AS FROM loaded WHERE replay_of IS NULL');
  await db.run(
    `CREATE VIEW replays AS SELECT *, regexp_replace(source, '^(replay:)+', '') AS origin
     FROM loaded WHERE replay_of IS NOT NULL`,
  );
  await db.run(
    `CREATE TABLE per_record AS SELECT ${RECORD}, count(*) AS n, any_value(md5) AS md5 FROM found GROUP BY ${RECORD}`,
  );
  return {
    produced: await number('SELECT count(*) FROM expected'),
    rows: await number('SELECT count(*) FROM found'),
    replays: await number('SELECT count(*) FROM replays'),
    dead: await deadByReason(db),
    dropped: await number('SELECT count(*) FROM expected WHERE md5 IS NULL'),
    lost: await number(
      `SELECT count(*) FROM expected ANTI JOIN per_record USING (${RECORD}) WHERE md5 IS NOT NULL`,
    ),
    duplicated:
      (await number('SELECT sum(n - 1) FROM per_record')) +
      (await number(
        `SELECT count(*) FROM per_record ANTI JOIN (FROM expected WHERE md5 IS NOT NULL) USING (${RECORD})`,
      )) +
      (await number('SELECT count(*) - count(DISTINCT replay_of) FROM replays')) +
      (await number(`SELECT count(*) FROM replays r ANTI JOIN expected e ON ${REPLAYED}`)),
    altered:
      (await number(`SELECT count(*) FROM found f JOIN expected e USING (${RECORD}) WHERE f.md5 <> e.md5`)) +
      (await number(`SELECT count(*) FROM replays r JOIN expected e ON ${REPLAYED} WHERE r.md5 <> e.md5`)),
    misordered: await number(
      `SELECT count(*) FROM (SELECT ordinal < lag(ordinal) OVER (
         PARTITION BY channel ORDER BY incarnation, sequence, file_row_number) AS earlier FROM found) WHERE earlier`,
    ),
    latencies: await readLatencies(db),
  };
}

async function deadByReason(db: DuckDBConnection): Promise<Readonly<Record<string, number>>> {
  const reasons = await db.runAndReadAll(
    "SELECT reason, count(*) FROM found WHERE outcome = 'dead' GROUP BY reason ORDER BY reason",
  );
  return Object.fromEntries(reasons.getRows().map(([reason, count]) => [String(reason), Number(count)]));
}

/** A repeated delivery says when it was sent first, so an event counts once, by its first commit. */
async function readLatencies(db: DuckDBConnection): Promise<readonly number[]> {
  const latencies = await db.runAndReadAll(
    `SELECT (min(committed_ms) - min(sent_ms)) / 1000 FROM found WHERE outcome = 'landed' GROUP BY event_id`,
  );
  return (latencies.getColumns()[0] ?? []).map(Number);
}
