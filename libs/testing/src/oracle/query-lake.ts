import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

/** Asks a table of a lake a question in SQL, in which the table is called `bronze`. */
export async function queryLake(
  lake: string,
  table: { readonly database: string; readonly schema: string; readonly name: string },
  sql: string,
): Promise<readonly Record<string, unknown>[]> {
  const instance = await DuckDBInstance.create(':memory:');
  const db = await instance.connect();
  try {
    const files = join(lake, table.database, table.schema, table.name, '*', '*', '*.parquet').replaceAll(
      "'",
      "''",
    );
    await db.run(`CREATE VIEW bronze AS SELECT * FROM read_parquet('${files}')`);
    return (await db.runAndReadAll(sql)).getRowObjectsJson();
  } finally {
    db.closeSync();
    instance.closeSync();
  }
}
