import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { consumedFiles, filesIn, silverName, text, withSnapshot, type PublishedSnapshot } from './refined';
import type { Fold } from './folds';
import type { DemoStream } from './streams';

/** What became of the landed rows of a stream on their way to GOLD, counted from the files of both ends. */
export interface RefinedCount {
  readonly lost: number;
  readonly duplicated: number;
  /** From the producer's first sending of an event to the first publication that holds it, in seconds. */
  readonly latencies: readonly number[];
}

export async function measureRefined(
  snapshot: PublishedSnapshot,
  { lake, refined }: { readonly lake: string; readonly refined: string },
  { contract, folds }: Pick<DemoStream, 'contract' | 'folds'>,
): Promise<RefinedCount> {
  const { folder, pattern } = filesIn(lake, contract);
  const { database } = contract.table;
  return withSnapshot(snapshot, async (db) => {
    const number = numbersFrom(db);
    await db.run(
      `CREATE TABLE landed AS
       SELECT EVENT_ID AS id, EVENT_TYPE, PAYLOAD, substr(filename, ${folder.length + 2}) AS file,
         epoch_ms(CAST(json_extract_string(PAYLOAD, '$.sent_at') AS TIMESTAMPTZ)) AS sent_ms
       FROM read_parquet('${text(join(folder, pattern))}', filename = true) WHERE OUTCOME = 'landed'`,
    );
    await db.run(
      `CREATE VIEW silver AS SELECT "EVENT_ID" AS id, "DUPLICATES" AS more FROM "${database}"."SILVER"."${silverName(contract)}"`,
    );
    // A row that is taken twice is counted twice, and one that is never taken is not counted.
    const taken = await number(
      'SELECT coalesce(sum(more + 1), 0) - (SELECT count(*) FROM landed) FROM silver',
    );
    const found = {
      lost:
        (await number('SELECT count(DISTINCT id) FROM landed ANTI JOIN silver USING (id)')) +
        Math.max(0, -taken),
      duplicated:
        (await number('SELECT count(*) - count(DISTINCT id) FROM silver')) +
        (await number('SELECT count(*) FROM silver ANTI JOIN landed USING (id)')) +
        Math.max(0, taken),
    };
    for (const fold of folds) {
      await viewFold(db, database, fold);
      found.lost += await number('SELECT count(*) FROM subjects ANTI JOIN gold USING (subject)');
      found.duplicated +=
        (await number('SELECT count(*) - count(DISTINCT subject) FROM gold')) +
        (await number('SELECT count(*) FROM gold ANTI JOIN subjects USING (subject)'));
    }
    return { ...found, latencies: await latencies(db, join(refined, 'published', 'log.ndjson'), contract) };
  });
}

/** What events name, and what has a row: `subjects` and `gold`. */
async function viewFold(db: DuckDBConnection, database: string, { table, key, counts }: Fold): Promise<void> {
  const paths = key.map(({ path }) => `json_extract_string(PAYLOAD, '$.${text(path.join('.'))}')`);
  const columns = key.map(({ column }) => `CAST("${column}" AS VARCHAR)`);
  await db.run(
    `CREATE OR REPLACE VIEW subjects AS
     SELECT DISTINCT [${paths.join(', ')}] AS subject FROM landed WHERE ${counts}`,
  );
  await db.run(
    `CREATE OR REPLACE VIEW gold AS SELECT [${columns.join(', ')}] AS subject FROM "${database}"."GOLD"."${table}"`,
  );
}

async function latencies(
  db: DuckDBConnection,
  log: string,
  contract: DemoStream['contract'],
): Promise<readonly number[]> {
  const rows = await db.runAndReadAll(
    `WITH published AS (
       SELECT CAST(publishedAt AS TIMESTAMPTZ) AS at
       FROM read_json('${text(log)}', format = 'newline_delimited', columns = {publishedAt: 'VARCHAR'})
     ), shown AS (
       SELECT consumed."FILE" AS file, published.at
       FROM ${consumedFiles(contract)} AS consumed
       ASOF JOIN published ON consumed."CONSUMED_AT" <= published.at
       WHERE consumed."MODEL" = '${silverName(contract)}'
     )
     SELECT (epoch_ms(min(shown.at)) - min(landed.sent_ms)) / 1000
     FROM landed JOIN shown USING (file) GROUP BY landed.id`,
  );
  return (rows.getColumns()[0] ?? []).map(Number);
}

function numbersFrom(db: DuckDBConnection): (sql: string) => Promise<number> {
  return async (sql) => Number((await db.runAndReadAll(sql)).getRows()[0]?.[0] ?? 0);
}
