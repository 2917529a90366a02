import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { authEventsV1, ordersEventsV1 } from '@contracts/brook-commerce';
import { claimsFilesV1, consentsEventsV1, encountersEventsV1 } from '@contracts/brook-health';
import { shipmentsEventsV1 } from '@contracts/brook-logistics';
import type { StreamContract } from '@das/contracts';
import type { AuditRow, BronzeRow, RekeyRow } from './bronze-row';
import type { RefinedInput } from './fold-refined';
import type { HealthInput } from './health/fold-health';
import type { LogisticsInput } from './logistics/fold-logistics';

/** Reads what a lake holds of BROOK_COMMERCE, in no order in particular. */
export async function readRefinedInput(db: DuckDBConnection, lake: string): Promise<RefinedInput> {
  return {
    orders: await bronzeOf(db, lake, ordersEventsV1),
    auth: await bronzeOf(db, lake, authEventsV1),
    ...(await opsOf(db, lake, ordersEventsV1)),
  };
}

/** Reads what a lake holds of BROOK_HEALTH, in no order in particular. */
export async function readHealthInput(db: DuckDBConnection, lake: string): Promise<HealthInput> {
  return {
    encounters: await bronzeOf(db, lake, encountersEventsV1),
    consents: await bronzeOf(db, lake, consentsEventsV1),
    claims: await bronzeOf(db, lake, claimsFilesV1),
    ...(await opsOf(db, lake, encountersEventsV1)),
  };
}

/** Reads what a lake holds of BROOK_LOGISTICS, in no order in particular. */
export async function readLogisticsInput(db: DuckDBConnection, lake: string): Promise<LogisticsInput> {
  const { audit } = await opsOf(db, lake, shipmentsEventsV1);
  return { shipments: await bronzeOf(db, lake, shipmentsEventsV1), audit };
}

async function bronzeOf(
  db: DuckDBConnection,
  lake: string,
  { table }: StreamContract,
): Promise<readonly BronzeRow[]> {
  return (await readRows(db, join(lake, table.database, table.schema, table.name))) as readonly BronzeRow[];
}

/** What services added in the domain of a stream. */
async function opsOf(db: DuckDBConnection, lake: string, { table }: StreamContract) {
  const ops = join(lake, table.database, 'OPS');
  return {
    audit: (await readRows(db, join(ops, 'DEAD_LETTER_AUDIT'))) as readonly AuditRow[],
    rekeys: (await readRows(db, join(ops, 'TOKEN_REKEYS'))) as readonly RekeyRow[],
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
