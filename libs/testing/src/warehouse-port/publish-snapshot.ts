import { mkdirSync, readlinkSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';

/**
 * Publishes a snapshot as a build does: DuckDB files in a folder of their own, named by a link that is switched by a
 * rename. What was published before is deleted.
 * @param build - makes tables; every database that it names is attached, by that name
 */
export async function publishSnapshot(
  refined: string,
  id: string,
  databases: readonly string[],
  build: (db: DuckDBConnection) => Promise<void>,
): Promise<void> {
  const published = join(refined, 'published');
  const folder = join(published, id);
  mkdirSync(folder, { recursive: true });
  const instance = await DuckDBInstance.create(':memory:');
  const db = await instance.connect();
  for (const name of databases)
    await db.run(`ATTACH '${join(folder, `${name}.duckdb`).replaceAll("'", "''")}' AS "${name}"`);
  await build(db);
  for (const name of databases) await db.run(`DETACH "${name}"`);
  db.closeSync();
  instance.closeSync();
  switchTo(published, id);
}

function switchTo(published: string, id: string): void {
  const current = join(published, 'current');
  const before = linked(current);
  const next = join(published, `.next-${id}`);
  symlinkSync(id, next);
  renameSync(next, current);
  if (before !== undefined && before !== id) rmSync(join(published, before), { recursive: true });
}

function linked(current: string): string | undefined {
  try {
    return readlinkSync(current);
  } catch {
    return undefined;
  }
}
