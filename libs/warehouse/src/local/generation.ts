import type * as DuckDb from '@duckdb/node-api';
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { quote, tableOf } from '../quote';
import type { ReaderRole } from '../reader-role';
import type { TableName } from '../warehouse';
import { confineInstance } from './confine-instance';
import { selectOf, type LakeTable } from './lake-tables';
import { showSecured } from './secured-tables';
import type { Snapshot } from './snapshot';

/** What a generation shows. */
export interface Shown {
  readonly lake: readonly LakeTable[];
  readonly snapshot: Snapshot | undefined;
}

/** Of a snapshot's file; nobody can name it, since only views are declared. */
const INNER = 'snapshot:';

/**
 * A DuckDB in memory whose views are the tables, as they are now. It is made once and never altered, so queries do
 * not meet in its catalog; when tables come, or a snapshot is published, a new one is made, and this one ends with the
 * last query that began in it.
 */
export class Generation {
  private users = 0;
  private isRetired = false;
  private isClosed = false;

  private constructor(
    readonly key: string,
    readonly tables: readonly TableName[],
    private readonly instance: DuckDBInstance,
  ) {}

  /** @param folders - all that can be read of the machine */
  static async make(
    key: string,
    shown: Shown,
    folders: readonly string[],
    duckdb: typeof DuckDb,
    as?: ReaderRole,
  ): Promise<Generation> {
    const instance = await duckdb.DuckDBInstance.create(':memory:');
    const db = await instance.connect();
    try {
      const tables =
        as === undefined ? await showAll(db, shown, folders) : await showSecured(db, shown.snapshot, as);
      await db.run('SET lock_configuration = true');
      return new Generation(key, tables, instance);
    } catch (thrown) {
      instance.closeSync();
      throw thrown;
    } finally {
      db.closeSync();
    }
  }

  async connect(): Promise<DuckDBConnection> {
    return this.instance.connect();
  }

  /** @returns whether it can be used: until `release` it stays open */
  hold(): boolean {
    if (this.isClosed) return false;
    this.users++;
    return true;
  }

  release(): void {
    this.users--;
    this.closeIfUnused();
  }

  /** No query begins in it any more. */
  retire(): void {
    this.isRetired = true;
    this.closeIfUnused();
  }

  private closeIfUnused(): void {
    if (!this.isRetired || this.users > 0 || this.isClosed) return;
    this.isClosed = true;
    this.instance.closeSync();
  }
}

async function showAll(
  db: DuckDBConnection,
  shown: Shown,
  folders: readonly string[],
): Promise<readonly TableName[]> {
  await confineInstance(db, folders);
  return showTables(db, shown);
}

async function showTables(db: DuckDBConnection, { lake, snapshot }: Shown): Promise<readonly TableName[]> {
  const databases = new Set([...lake, ...refinedOf(snapshot)].map(({ database }) => database));
  for (const database of databases) await db.run(`ATTACH ':memory:' AS ${quote(database)}`);
  const shown: TableName[] = [];
  const show = async (table: TableName, select: string): Promise<void> => {
    await db.run(`CREATE SCHEMA IF NOT EXISTS ${quote(table.database)}.${quote(table.schema)}`);
    await db.run(`CREATE VIEW ${tableOf(table)} AS ${select}`);
    shown.push(table);
  };
  for (const table of lake) await show(table, selectOf(table));
  await attachSnapshot(db, snapshot);
  const known = new Set(shown.map(tableOf));
  let waiting = (await refinedTables(db)).filter((table) => !known.has(tableOf(table)));
  // A view of the snapshot may be over another one, which then is to be shown before it.
  while (waiting.length > 0) {
    const failed: TableName[] = [];
    let why: unknown;
    for (const table of waiting) {
      const inner = tableOf({ ...table, database: INNER + table.database });
      await show(table, `SELECT * FROM ${inner}`).catch((thrown: unknown) => {
        why = thrown;
        failed.push(table);
      });
    }
    if (failed.length === waiting.length) throw why;
    waiting = failed;
  }
  return shown;
}

async function attachSnapshot(db: DuckDBConnection, snapshot: Snapshot | undefined): Promise<void> {
  for (const { name, file } of snapshot?.databases ?? [])
    await db.run(`ATTACH '${file.replaceAll("'", "''")}' AS ${quote(INNER + name)} (READ_ONLY)`);
}

function refinedOf(snapshot: Snapshot | undefined): readonly { readonly database: string }[] {
  return (snapshot?.databases ?? []).map(({ name }) => ({ database: name }));
}

/** Tables first, then views. */
async function refinedTables(db: DuckDBConnection): Promise<readonly TableName[]> {
  const found = await db.runAndReadAll(
    `SELECT database_name, schema_name, table_name FROM duckdb_tables() WHERE starts_with(database_name, '${INNER}')
     UNION ALL
     SELECT database_name, schema_name, view_name FROM duckdb_views()
     WHERE starts_with(database_name, '${INNER}') AND NOT internal`,
  );
  return found.getRows().map(([database, schema, name]) => ({
    database: String(database).slice(INNER.length),
    schema: String(schema),
    name: String(name),
  }));
}
