import { readdirSync, realpathSync } from 'node:fs';
import { basename, join } from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';

/** When a file was taken, and by what path it is found, differs between builds of the same rows. */
const OWN = new Set(['BROOK_COMMERCE.OPS.CONSUMED_FILES']);

export interface Seen {
  readonly id: string;
  /** Rows, and a sum over all of their values, by table. */
  readonly tables: Readonly<Record<string, string>>;
}

/** Reads all that is published, as a reader does: through `current`, read-only. */
export async function readPublished(refined: string): Promise<Seen> {
  const folder = realpathSync(join(refined, 'published', 'current'));
  const tables: Record<string, string> = {};
  await withDatabases({ '': folder }, async (db) => {
    for (const table of await tablesOf(db, ''))
      tables[table.name] = await one(
        db,
        `SELECT count(*) || ' rows, ' || coalesce(sum(hash(t)), 0) FROM ${table.sql} t`,
      );
  });
  return { id: basename(folder), tables };
}

/** Rows that one snapshot has and the other has not, by table, both ways; nothing where they are the same. */
export async function differences(refined: string, other: string): Promise<Readonly<Record<string, string>>> {
  const found: Record<string, string> = {};
  const folders = {
    a: realpathSync(join(refined, 'published', 'current')),
    b: realpathSync(join(other, 'published', 'current')),
  };
  await withDatabases(folders, async (db) => {
    const names = new Set(
      [...(await tablesOf(db, 'a')), ...(await tablesOf(db, 'b'))].map(({ name }) => name),
    );
    for (const name of names) {
      if (OWN.has(name)) continue;
      const [a, b] = ['a', 'b'].map((prefix) => sqlName(prefix, name));
      const only = async (left = '', right = '') =>
        one(db, `SELECT count(*) FROM (FROM ${left} EXCEPT ALL FROM ${right})`);
      const counts = [await only(a, b), await only(b, a)];
      if (counts.some((count) => count !== '0')) found[name] = counts.join(' / ');
    }
  });
  return found;
}

async function tablesOf(db: DuckDBConnection, prefix: string) {
  // Of a view the text is that of the database's own name, so tables alone are compared.
  const rows = await db.runAndReadAll(
    `SELECT database_name, schema_name, table_name FROM duckdb_tables() WHERE NOT temporary AND database_name <> 'memory' AND starts_with(database_name, '${prefix}') ORDER BY ALL`,
  );
  return rows.getRows().map((parts) => {
    const name = parts.map(String).join('.').slice(prefix.length);
    return { name, sql: sqlName(prefix, name) };
  });
}

function sqlName(prefix: string, name: string): string {
  return `${prefix}${name}`
    .split('.')
    .map((part) => `"${part}"`)
    .join('.');
}

async function one(db: DuckDBConnection, sql: string): Promise<string> {
  const [row] = (await db.runAndReadAll(sql)).getRows();
  return String(row?.[0]);
}

/** @param folders - by what goes before the names of their databases */
async function withDatabases(
  folders: Readonly<Record<string, string>>,
  use: (db: DuckDBConnection) => Promise<void>,
): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:');
  const db = await instance.connect();
  try {
    for (const [prefix, folder] of Object.entries(folders))
      for (const file of readdirSync(folder).filter((name) => name.endsWith('.duckdb')))
        await db.run(`ATTACH '${join(folder, file)}' AS "${prefix}${basename(file, '.duckdb')}" (READ_ONLY)`);
    await use(db);
  } finally {
    db.closeSync();
    instance.closeSync();
  }
}
