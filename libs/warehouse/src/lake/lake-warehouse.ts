import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { Failure } from '@das/pipeline';
import type * as DuckDb from '@duckdb/node-api';
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { interrupted, isAborted } from '../interrupted';
import { toValue } from '../to-value';
import type { Bind, Place, Row, Warehouse } from '../warehouse';
import { quote, tableOf } from '../quote';
import { listTables, selectOf } from './lake-tables';

/**
 * DuckDB over the Parquet files of a lake; nothing else of the machine can be read, and nothing written.
 * @throws Failure setup when there is no such folder
 */
export async function openLake(lake: string): Promise<Warehouse> {
  const root = resolve(lake);
  if (statSync(root, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new Failure('setup', 'lake_missing', 'the folder named by DAS_LAKE does not exist', {
      cure: 'set DAS_LAKE to the --lake folder of the local endpoint, or leave it empty to read Snowflake',
    });
  }
  const duckdb = await import('@duckdb/node-api');
  const instance = await duckdb.DuckDBInstance.create(':memory:');
  const setup = await instance.connect();
  // In this order: the folder is allowed before everything else is not.
  await setup.run(`SET allowed_directories = ['${root.replaceAll("'", "''")}/']`);
  await setup.run('SET enable_external_access = false');
  setup.closeSync();
  return new LakeWarehouse(root, instance, duckdb);
}

class LakeWarehouse implements Warehouse {
  private readonly databases = new Set<string>();
  private isClosed = false;

  constructor(
    private readonly root: string,
    private readonly instance: DuckDBInstance,
    private readonly duckdb: typeof DuckDb,
  ) {}

  async *query(
    sql: string,
    binds: readonly Bind[] = [],
    { signal }: { readonly signal?: AbortSignal } = {},
  ): AsyncGenerator<Row> {
    if (isAborted(signal)) throw interrupted();
    const db = await this.instance.connect();
    const interrupt = (): void => {
      db.interrupt();
    };
    signal?.addEventListener('abort', interrupt);
    try {
      await db.run("SET TimeZone = 'UTC'");
      await this.showTables(db);
      const statement = await db.prepare(sql);
      if (statement.statementType !== this.duckdb.StatementType.SELECT) throw notRead();
      if (binds.length > 0) statement.bind([...binds]);
      const result = await statement.stream();
      for await (const rows of result.yieldRowObjectJs()) {
        for (const row of rows) {
          yield Object.fromEntries(Object.entries(row).map(([name, value]) => [name, toValue(value)]));
        }
      }
    } catch (thrown) {
      throw isAborted(signal) ? interrupted() : classify(thrown);
    } finally {
      signal?.removeEventListener('abort', interrupt);
      db.closeSync();
    }
  }

  textsAt({ table, column, path }: Place): string {
    const extract = `json_extract_string(${quote(column)}, ${jsonPath(path)})`;
    // With an item of an array in its path it is a list.
    const value = path.includes('[]') ? `UNNEST(${extract})` : extract;
    return `SELECT ${value} AS "VALUE" FROM ${tableOf(table)}`;
  }

  async close(): Promise<void> {
    if (!this.isClosed) this.instance.closeSync();
    this.isClosed = true;
    return Promise.resolve();
  }

  /** Anew for each query: tables, and their first files, come while this is open. */
  private async showTables(db: DuckDBConnection): Promise<void> {
    for (const table of listTables(this.root)) {
      const database = quote(table.database);
      if (!this.databases.has(database)) await db.run(`ATTACH IF NOT EXISTS ':memory:' AS ${database}`);
      this.databases.add(database);
      const schema = `${database}.${quote(table.schema)}`;
      await db.run(`CREATE SCHEMA IF NOT EXISTS ${schema}`);
      await db.run(`CREATE OR REPLACE VIEW ${schema}.${quote(table.name)} AS ${selectOf(table)}`);
    }
  }
}

/** DuckDB's, as a literal: every key quoted, since a dot or a star in it would mean something else. */
function jsonPath(path: readonly string[]): string {
  if (path.some((key) => key.includes('"'))) throw new RangeError('a key holds a quote');
  const steps = path.map((key) => (key === '[]' ? '[*]' : `."${key}"`));
  return `'${['$', ...steps].join('').replaceAll("'", "''")}'`;
}

function notRead(): Failure {
  return new Failure('unknown', 'warehouse_not_read', 'only a SELECT is asked of a warehouse');
}

/** DuckDB's messages begin with their kind, and go on with what may be a value. */
function classify(thrown: unknown): Failure {
  if (thrown instanceof Failure) return thrown;
  const message = String((thrown as { readonly message?: unknown }).message);
  if (/^(Catalog Error: Table|Binder Error: Catalog|Catalog Error: Schema)/.test(message)) {
    return new Failure('setup', 'table_missing', 'the lake has no such table', {
      cure: 'start the local endpoint once with the DDL in sql/, on the folder named by DAS_LAKE',
      cause: thrown,
    });
  }
  const kind = /^\w+(?: \w+)? Error(?=:)/.exec(message)?.[0] ?? 'Error';
  return new Failure('unknown', 'warehouse_query', `the query failed (DuckDB: ${kind})`, { cause: thrown });
}
