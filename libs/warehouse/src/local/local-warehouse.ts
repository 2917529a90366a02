import { statSync } from 'node:fs';
import { Failure } from '@das/pipeline';
import type * as DuckDb from '@duckdb/node-api';
import type { DuckDBConnection, DuckDBPreparedStatement } from '@duckdb/node-api';
import { interrupted, isAborted } from '../interrupted';
import type { ReaderRole } from '../reader-role';
import { plainPath } from '../plain-path';
import { quote, tableOf } from '../quote';
import { rowsOf } from '../rows-of';
import { isNameLike } from '../sql-literals';
import { notRead, sqlMistake } from '../sql-mistake';
import type { Answer, Bind, Place, QueryOptions, Row, Warehouse } from '../warehouse';
import { classify } from './classify';
import { confine } from './confine';
import { Ending } from './ending';
import { Generations, type LocalFolders } from './generations';
import { answerOf } from './local-answer';
import { readTree } from './syntax-tree';

export interface LocalSettings extends LocalFolders {
  /** Of one query. */
  readonly timeoutSeconds: number;
  readonly as?: ReaderRole | undefined;
}

/**
 * DuckDB over the Parquet files of a lake and over the snapshot that a build published; nothing else of the machine
 * can be read, and nothing written.
 * @throws Failure setup when there is no such folder
 */
export async function openLocal({ lake, refined, timeoutSeconds, as }: LocalSettings): Promise<Warehouse> {
  const folders = {
    lake: lake === undefined ? undefined : existing(lake, 'lake_missing', 'DAS_LAKE', LAKE_CURE),
    // It is made by the first build.
    refined: refined === undefined ? undefined : plainPath('DAS_REFINED', refined),
  };
  const duckdb = await import('@duckdb/node-api');
  const secured = as && securedFor(as);
  // Files can be read by whoever owns them; a role has nothing but its views.
  const shown = secured === undefined ? folders : { ...folders, lake: undefined };
  return new LocalWarehouse(shown, timeoutSeconds, duckdb, secured);
}

/** @throws Failure setup for a role that reads nothing: a wrong name, most likely */
function securedFor({ role, views }: ReaderRole): ReaderRole {
  const own = views.filter(({ readers }) => readers.includes(role));
  if (own.length > 0) return { role, views: own };
  const known = [...new Set(views.flatMap(({ readers }) => readers))].sort().join(', ');
  throw new Failure(
    'setup',
    'role_reads_nothing',
    `the role ${isNameLike(role) ? role : 'of that name'} reads no table of GOLD`,
    {
      cure: `use one that a contract lets read: ${known}`,
    },
  );
}

const LAKE_CURE =
  'set DAS_LAKE to the --lake folder of the local endpoint, or leave it empty to read Snowflake';

function existing(folder: string, code: string, variable: string, cure: string): string {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true) return plainPath(variable, folder);
  throw new Failure('setup', code, `the folder named by ${variable} does not exist`, { cure });
}

class LocalWarehouse implements Warehouse {
  private readonly generations: Generations;

  constructor(
    private readonly folders: LocalFolders,
    private readonly timeoutSeconds: number,
    private readonly duckdb: typeof DuckDb,
    private readonly as: ReaderRole | undefined,
  ) {
    this.generations = new Generations(folders, duckdb, as);
  }

  query(sql: string, binds: readonly Bind[] = [], options: QueryOptions = {}): AsyncIterable<Row> {
    return rowsOf(() => this.ask(sql, binds, options));
  }

  async ask(sql: string, binds: readonly Bind[] = [], { signal }: QueryOptions = {}): Promise<Answer> {
    if (isAborted(signal)) throw interrupted();
    const generation = await this.generations.acquire();
    const db = await generation.connect().catch((thrown: unknown) => {
      generation.release();
      throw classify(thrown, sql);
    });
    const ending = new Ending(db, signal, this.timeoutSeconds);
    const close = async (): Promise<void> => {
      ending.over();
      db.closeSync();
      generation.release();
      return Promise.resolve();
    };
    const told = (thrown: unknown): Failure => ending.failure(thrown) ?? classify(thrown, sql);
    try {
      confine(sql, await readTree(db, sql), { tables: generation.tables, cure: this.cure() });
      const statement = await prepare(db, sql, this.duckdb);
      if (statement.parameterCount > binds.length)
        throw sqlMistake(sql, 'a parameter has no value', { cure: 'write the value in its place' });
      bind(statement, binds);
      return answerOf(await statement.stream(), { duckdb: this.duckdb, ending, close, told });
    } catch (thrown) {
      await close();
      throw told(thrown);
    }
  }

  textsAt({ table, column, path }: Place): string {
    const extract = `json_extract_string(${quote(column)}, ${jsonPath(path)})`;
    // With an item of an array in its path it is a list.
    const value = path.includes('[]') ? `UNNEST(${extract})` : extract;
    return `SELECT ${value} AS "VALUE" FROM ${tableOf(table)}`;
  }

  async close(): Promise<void> {
    await this.generations.close();
  }

  /** Of a table that is not there. */
  private cure(): string {
    if (this.as !== undefined)
      return `${this.as.role} reads ${this.as.views.map(tableOf).join(', ')}, and nothing else`;
    const { lake, refined } = this.folders;
    if (refined === undefined)
      return `${LAKE_TABLES}; those of SILVER and GOLD are in the folder DAS_REFINED names`;
    if (!this.generations.hasSnapshot)
      return 'no snapshot was published yet, which has the tables of SILVER and GOLD: run das transform';
    if (lake === undefined)
      return 'run das transform, if it is new; those of BRONZE are in the folder DAS_LAKE names';
    return `${LAKE_TABLES}; das transform makes those of SILVER and GOLD`;
  }
}

const LAKE_TABLES = 'the local endpoint makes the tables of BRONZE at its start, from the DDL in sql/';

async function prepare(
  db: DuckDBConnection,
  sql: string,
  { StatementType }: typeof DuckDb,
): Promise<DuckDBPreparedStatement> {
  const statement = await db.prepare(sql);
  // Its tree says so already; this is what is run.
  if (statement.statementType === StatementType.SELECT) return statement;
  throw notRead(sql);
}

function bind(statement: DuckDBPreparedStatement, binds: readonly Bind[]): void {
  for (const [index, value] of binds.entries()) {
    const at = index + 1;
    if (value === null) statement.bindNull(at);
    else if (typeof value === 'string') statement.bindVarchar(at, value);
    else if (typeof value === 'boolean') statement.bindBoolean(at, value);
    else if (Number.isSafeInteger(value)) statement.bindBigInt(at, BigInt(value));
    else statement.bindDouble(at, value);
  }
}

/** DuckDB's, as a literal: every key quoted, since a dot or a star in it would mean something else. */
function jsonPath(path: readonly string[]): string {
  if (path.some((key) => key.includes('"'))) throw new RangeError('a key holds a quote');
  const steps = path.map((key) => (key === '[]' ? '[*]' : `."${key}"`));
  return `'${['$', ...steps].join('').replaceAll("'", "''")}'`;
}
