import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';

interface TableName {
  readonly database: string;
  readonly schema: string;
  readonly name: string;
}

/** What a commit's file is called: channel, incarnation and sequence in it, offset token. */
const FILE_NAME = '([^/.]+)\\.(\\d+)-(\\d+)\\.[^/.]*\\.parquet$';

/** Sorts as positions do: numbers, or a sequence number and the place within an aggregate. */
const ORDINAL = `lpad(split_part(SOURCE_OFFSET, ':', 1), 100, '0') || lpad(split_part(SOURCE_OFFSET, ':', 2), 20, '0')`;

/** Makes the table `loaded`: a line for each row of the table's Parquet files, without its payload. */
export async function loadRows(
  db: DuckDBConnection,
  lake: string,
  { database, schema, name }: TableName,
): Promise<void> {
  await db.run(
    `CREATE TABLE loaded (source VARCHAR, partition VARCHAR, position VARCHAR, ordinal VARCHAR, outcome VARCHAR,
       reason VARCHAR, replay_of VARCHAR, event_id VARCHAR, md5 VARCHAR, sent_ms DOUBLE, committed_ms DOUBLE,
       channel VARCHAR, incarnation BIGINT, sequence BIGINT, file_row_number BIGINT)`,
  );
  const files = parquetFiles(join(lake, database, schema, name));
  if (files.length === 0) return;
  await db.run('CREATE TABLE files (filename VARCHAR, committed_ms DOUBLE)');
  const appender = await db.createAppender('files');
  for (const file of files) {
    appender.appendVarchar(file);
    appender.appendDouble(committedMs(file));
    appender.endRow();
  }
  appender.closeSync();
  const list = files.map((file) => `'${file.replaceAll("'", "''")}'`).join(',');
  await db.run(
    `INSERT INTO loaded
     SELECT SOURCE, SOURCE_PARTITION, SOURCE_OFFSET, ${ORDINAL}, OUTCOME, DEAD_REASON, REPLAY_OF, EVENT_ID,
       CASE OUTCOME WHEN 'landed' THEN md5(CAST(PAYLOAD AS VARCHAR)) END,
       epoch_ms(CAST(json_extract_string(PAYLOAD, '$.sent_at') AS TIMESTAMPTZ)), committed_ms,
       place.channel, CAST(place.incarnation AS BIGINT), CAST(place.sequence AS BIGINT), file_row_number
     FROM (SELECT *, regexp_extract(filename, '${FILE_NAME}', ['channel', 'incarnation', 'sequence']) AS place
           FROM read_parquet([${list}], filename = true, file_row_number = true))
     JOIN files USING (filename)`,
  );
}

/** When the file was renamed in, which is when a reader could see it first; its last write was before the fsync. */
function committedMs(file: string): number {
  return statSync(file).ctimeMs;
}

/** All but what was not finished, under `_tmp`. */
function parquetFiles(folder: string): readonly string[] {
  if (statSync(folder, { throwIfNoEntry: false }) === undefined) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.parquet') && !name.startsWith('_tmp/'))
    .map((name) => join(folder, name))
    .sort();
}
