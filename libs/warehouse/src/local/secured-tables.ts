import type { DuckDBConnection } from '@duckdb/node-api';
import { quote, tableOf } from '../quote';
import type { ReaderRole } from '../reader-role';
import type { TableName } from '../warehouse';
import { confineInstance } from './confine-instance';
import type { Snapshot } from './snapshot';

/** Of a copy; nobody can name it, since only views are declared. */
const SHOWN = 'shown:';

/**
 * The tables of a role: copies of what its masks and its rows let it see. The snapshot is let go of before the first query, so
 * that nothing of what is hidden is there, for no condition to be tried on and no statistics to tell of (ADR 0026).
 */
export async function showSecured(
  db: DuckDBConnection,
  snapshot: Snapshot | undefined,
  { role, views }: ReaderRole,
): Promise<readonly TableName[]> {
  await db.run("SET temp_directory = ''");
  await db.run("SET GLOBAL TimeZone = 'UTC'");
  for (const macro of sessionMacros(role)) await db.run(macro);
  const databases = snapshot?.databases ?? [];
  // By its own name: a view within it names what it reads as everybody does.
  for (const { name, file } of databases)
    await db.run(`ATTACH '${file.replaceAll("'", "''")}' AS ${quote(name)} (READ_ONLY)`);
  const there = new Set(await tablesThere(db));
  const shown = views.filter((view) => there.has(tableOf(view)));
  for (const view of shown) await copy(db, view, view.select);
  for (const { name } of databases) await db.run(`DETACH ${quote(name)}`);
  // Which thread is first decides in which order rows come that nobody orders: with one, what is seen alone decides.
  await db.run('SET threads = 1');
  await confineInstance(db, []);
  for (const table of shown) {
    await makeSchema(db, table);
    await db.run(`CREATE VIEW ${tableOf(table)} AS SELECT * FROM ${tableOf(copyOf(table))}`);
  }
  return shown;
}

/** In an order of its own: that of the rows below tells what stands between them. */
async function copy(db: DuckDBConnection, table: TableName, select: string): Promise<void> {
  await makeSchema(db, copyOf(table));
  const rows = select.replaceAll('{{ base }}', () => tableOf(table));
  await db.run(`CREATE TABLE ${tableOf(copyOf(table))} AS SELECT * FROM (${rows}) AS shown ORDER BY ALL`);
}

function copyOf(table: TableName): TableName {
  return { ...table, database: SHOWN + table.database };
}

async function makeSchema(db: DuckDBConnection, { database, schema }: TableName): Promise<void> {
  await db.run(`ATTACH IF NOT EXISTS ':memory:' AS ${quote(database)} (COMPRESS)`);
  await db.run(`CREATE SCHEMA IF NOT EXISTS ${quote(database)}.${quote(schema)}`);
}

/** What stands for Snowflake's context functions in a session of one role. */
function sessionMacros(role: string): readonly string[] {
  return [
    `CREATE MACRO is_role_in_session(name) AS (name = '${role.replaceAll("'", "''")}')`,
    'CREATE MACRO current_account() AS (NULL::VARCHAR)',
  ];
}

async function tablesThere(db: DuckDBConnection): Promise<readonly string[]> {
  const found = await db.runAndReadAll(
    `SELECT database_name, schema_name, table_name FROM duckdb_tables()
     UNION ALL SELECT database_name, schema_name, view_name FROM duckdb_views() WHERE NOT internal`,
  );
  return found
    .getRows()
    .map(([database, schema, name]) =>
      tableOf({ database: String(database), schema: String(schema), name: String(name) }),
    );
}
