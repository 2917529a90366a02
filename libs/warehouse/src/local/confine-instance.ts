import type { DuckDBConnection } from '@duckdb/node-api';

/**
 * In this order: nothing of it can be changed once access is off.
 * @param folders - all that can be read of the machine
 */
export async function confineInstance(db: DuckDBConnection, folders: readonly string[]): Promise<void> {
  // What does not fit into memory is not written into whatever folder this runs in.
  await db.run("SET temp_directory = ''");
  const allowed = folders.map((folder) => `'${folder.replaceAll("'", "''")}/'`);
  await db.run(`SET allowed_directories = [${allowed.join(', ')}]`);
  await db.run('SET enable_external_access = false');
  await db.run("SET GLOBAL TimeZone = 'UTC'");
  await db.run('SET GLOBAL errors_as_json = true');
}
