import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { runDbt, writeWorld, type SnowflakeStandIn } from '@das/testing';

const HOUR_MS = 3_600_000;

export const DATABASE = 'BROOK_COMMERCE';
/** Each domain's database, with the tables that services write. */
export const WORLD = {
  BROOK_COMMERCE: ['BRONZE.ORDERS_EVENTS_V1', 'BRONZE.AUTH_EVENTS_V1'],
  BROOK_HEALTH: ['BRONZE.ENCOUNTERS_EVENTS_V1', 'BRONZE.CONSENTS_EVENTS_V1', 'BRONZE.CLAIMS_FILES_V1'],
  BROOK_LOGISTICS: ['BRONZE.SHIPMENTS_EVENTS_V1'],
} as const;
const OPS = ['OPS.DEAD_LETTER_AUDIT', 'OPS.TOKEN_REKEYS'];

/** A lake of two days, with troubles of every kind, and what the local target makes of it. */
export async function makeWorld(dir: string): Promise<{ readonly lake: string; readonly work: string }> {
  const lake = join(dir, 'lake');
  const work = join(dir, 'work');
  mkdirSync(work, { recursive: true });
  const untilMs = Math.floor(Date.now() / HOUR_MS) * HOUR_MS;
  const world = { seed: 23, rowsPerFile: 500, fromMs: untilMs - 48 * HOUR_MS, untilMs };
  await writeWorld(lake, { ...world, rows: 8_000 });
  await writeWorld(lake, { ...world, domain: 'brook_health', rows: 3_000 });
  await writeWorld(lake, { ...world, domain: 'brook_logistics', rows: 1_500 });
  await runDbt(['run'], { lake, work, target: join(dir, 'local') });
  return { lake, work };
}

/** The same rows, where a collector would have put them. */
export function fillBronze(snowflake: SnowflakeStandIn, lake: string): void {
  for (const [database, tables] of Object.entries(WORLD))
    for (const [schema = '', table = ''] of [...tables, ...OPS].map((name) => name.split('.')))
      // Where no key was exchanged, nobody wrote down what became of tokens.
      if (hasRows(join(lake, database, schema, table))) snowflake.fill(database, schema, table, lake);
}

/** The folder of a table is there from the start, and its first file with its first row. */
function hasRows(folder: string): boolean {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).some((name) => name.endsWith('.parquet'));
}
