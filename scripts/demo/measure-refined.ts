import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { consumedFiles, filesIn, silverName, text, withSnapshot, type PublishedSnapshot } from './refined';
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
  { contract, gold }: DemoStream,
): Promise<RefinedCount> {
  const { folder, pattern } = filesIn(lake, contract);
  const { database } = contract.table;
  return withSnapshot(snapshot, async (db) => {
    const number = numbersFrom(db);
    await db.run(
      `CREATE TABLE landed AS
       SELECT EVENT_ID AS id, substr(filename, ${folder.length + 2}) AS file,
         epoch_ms(CAST(json_extract_string(PAYLOAD, '$.sent_at') AS TIMESTAMPTZ)) AS sent_ms,
         CASE WHEN ${gold.counts} THEN json_extract_string(PAYLOAD, '$.${gold.path}') END AS subject
       FROM read_parquet('${text(join(folder, pattern))}', filename = true) WHERE OUTCOME = 'landed'`,
    );
    await db.run(
      `CREATE VIEW silver AS SELECT "EVENT_ID" AS id, "DUPLICATES" AS more FROM "${database}"."SILVER"."${silverName(contract)}"`,
    );
    await db.run(
      `CREATE VIEW gold AS SELECT "${gold.key}" AS subject FROM "${database}"."GOLD"."${gold.table}"`,
    );
    // A row that is taken twice is counted twice, and one that is never taken is not counted.
    const taken = await number(
      'SELECT coalesce(sum(more + 1), 0) - (SELECT count(*) FROM landed) FROM silver',
    );
    return {
      lost:
        (await number('SELECT count(DISTINCT id) FROM landed ANTI JOIN silver USING (id)')) +
        (await number(
          'SELECT count(DISTINCT subject) FROM landed ANTI JOIN gold USING (subject) WHERE subject IS NOT NULL',
        )) +
        Math.max(0, -taken),
      duplicated:
        (await number('SELECT count(*) - count(DISTINCT id) FROM silver')) +
        (await number('SELECT count(*) FROM silver ANTI JOIN landed USING (id)')) +
        (await number('SELECT count(*) - count(DISTINCT subject) FROM gold')) +
        (await number('SELECT count(*) FROM gold ANTI JOIN landed USING (subject)')) +
        Math.max(0, taken),
      latencies: await latencies(db, join(refined, 'published', 'log.ndjson'), contract),
    };
  });
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
