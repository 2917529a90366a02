import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { runDbt, writeWorld, type SnowflakeStandIn } from '@das/testing';

const HOUR_MS = 3_600_000;

export const DATABASE = 'BROOK_COMMERCE';
const TABLES = [
  ['BRONZE', 'ORDERS_EVENTS_V1'],
  ['BRONZE', 'AUTH_EVENTS_V1'],
  ['OPS', 'DEAD_LETTER_AUDIT'],
  ['OPS', 'TOKEN_REKEYS'],
] as const;

/** A lake of two days, with troubles of every kind, and what the local target makes of it. */
export async function makeWorld(dir: string): Promise<{ readonly lake: string; readonly file: string }> {
  const lake = join(dir, 'lake');
  const work = join(dir, 'work');
  mkdirSync(work, { recursive: true });
  const untilMs = Math.floor(Date.now() / HOUR_MS) * HOUR_MS;
  await writeWorld(lake, {
    seed: 22,
    rows: 8_000,
    rowsPerFile: 500,
    fromMs: untilMs - 48 * HOUR_MS,
    untilMs,
  });
  await runDbt(['run'], { lake, work, target: join(dir, 'local') });
  return { lake, file: join(work, `${DATABASE}.duckdb`) };
}

/** The same rows, where a collector would have put them. */
export function fillBronze(snowflake: SnowflakeStandIn, lake: string): void {
  for (const [schema, table] of TABLES) snowflake.fill(DATABASE, schema, table, lake);
}
