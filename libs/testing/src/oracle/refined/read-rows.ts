import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { authEventsV1, ordersEventsV1 } from '@contracts/brook-commerce';
import type { AuditRow, BronzeRow, RekeyRow } from './bronze-row';
import type { RefinedInput } from './fold-refined';

/** Reads what a lake holds of BROOK_COMMERCE, in no order in particular. */
export async function readRefinedInput(db: DuckDBConnection, lake: string): Promise<RefinedInput> {
  const { database } = ordersEventsV1.table;
  const read = async (schema: string, name: string): Promise<readonly unknown[]> =>
    readRows(db, join(lake, database, schema, name));
  return {
    orders: (await read('BRONZE', ordersEventsV1.table.name)) as readonly BronzeRow[],
    auth: (await read('BRONZE', authEventsV1.table.name)) as readonly BronzeRow[],
    audit: (await read('OPS', 'DEAD_LETTER_AUDIT')) as readonly AuditRow[],
    rekeys: (await read('OPS', 'TOKEN_REKEYS')) as readonly RekeyRow[],
  };
}

async function readRows(db: DuckDBConnection, folder: string): Promise<readonly unknown[]> {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.parquet') && !name.startsWith('_'))
    .map((name) => `'${join(folder, name).replaceAll("'", "''")}'`);
  if (files.length === 0) return [];
  const from = `read_parquet([${files.join(', ')}], hive_partitioning = false)`;
  const columns = (await db.runAndReadAll(`DESCRIBE SELECT * FROM ${from}`)).getRows().map(([name, type]) => {
    const column = `"${String(name)}"`;
    if (type === 'BIGINT') return `CAST(${column} AS INTEGER) AS ${column}`;
    // A double cannot hold microseconds beside so many seconds; text can.
    return type === 'TIMESTAMP WITH TIME ZONE'
      ? `strftime(${column} AT TIME ZONE 'UTC', '%Y-%m-%dT%H:%M:%S.%fZ') AS ${column}`
      : column;
  });
  return (await db.runAndReadAll(`SELECT ${columns.join(', ')} FROM ${from}`)).getRowObjectsJson();
}
