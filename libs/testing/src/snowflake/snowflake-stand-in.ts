import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ManagedProcess } from '../processes/managed-process';
import { startFakesnow } from '../servers/fakesnow';
import { dbtStatements, type DbtStatement } from './dbt-statement';

const ROOT = join(__dirname, '..', '..', '..', '..');
const DBT = join(ROOT, '.tools/dbt/bin/dbt');
const PYTHON = join(ROOT, '.tools/fakesnow/bin/python');
const FAKESNOW = join(ROOT, 'test/fakesnow');
const SCHEMAS = ['BRONZE', 'SILVER', 'GOLD', 'OPS'];

/** A Snowflake that takes what dbt deploys: it remembers all of it, and runs what DuckDB can. */
export interface SnowflakeStandIn {
  readonly url: string;
  /** What the database of a domain has before dbt comes: schemas, and the tables that services write. */
  prepare(database: string): void;
  /** Puts every row of a lake's table into the table of that name. */
  fill(database: string, schema: string, table: string, lake: string): void;
  /** Runs statements in order. @returns the rows of the last one, every value as text */
  run(statements: readonly string[]): readonly (readonly (string | null)[])[];
  /**
   * The real dbt on the target `snowflake`.
   * @returns its exit code and what it said
   */
  dbt(
    args: readonly string[],
    project?: string,
  ): Promise<{ readonly exit: number | NodeJS.Signals; readonly output: string }>;
  /** What dbt has sent so far. */
  statements(): readonly DbtStatement[];
  stop(): Promise<unknown>;
}

/** @param dir - its logs and dbt's files */
export async function startSnowflakeStandIn(dir: string): Promise<SnowflakeStandIn> {
  const fakesnow = await startFakesnow({ dir, hooks: [`${join(FAKESNOW, 'stand_ins.py')}:stand_in`] });
  const { port } = new URL(fakesnow.url);
  const run: SnowflakeStandIn['run'] = (statements) => {
    const output = execFileSync(PYTHON, [join(FAKESNOW, 'run_sql.py'), port], {
      input: JSON.stringify(statements),
      maxBuffer: 1024 ** 3,
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    return JSON.parse(output.toString('utf8')) as ReturnType<SnowflakeStandIn['run']>;
  };
  return {
    url: fakesnow.url,
    run,
    prepare(database) {
      run([
        `create database "${database}"`,
        ...SCHEMAS.map((schema) => `create schema if not exists "${database}"."${schema}"`),
        ...['bronze', 'ops'].flatMap((part) => ddlOf(join(ROOT, 'sql', part, database.toLowerCase()))),
      ]);
    },
    fill(database, schema, table, lake) {
      const files = join(lake, database, schema, table, '*/*/*.parquet').replaceAll("'", "''");
      run([
        `use database "${database}"`,
        `use schema "${schema}"`,
        `insert into "${table}" by name select * from read_parquet('${files}')`,
      ]);
    },
    async dbt(args, project = join(ROOT, 'dbt')) {
      const process = ManagedProcess.start({
        name: 'dbt',
        command: DBT,
        args: [
          ...args,
          '--target=snowflake',
          `--project-dir=${project}`,
          `--profiles-dir=${FAKESNOW}`,
          `--target-path=${join(dir, 'target')}`,
          `--log-path=${join(dir, 'dbt-logs')}`,
        ],
        env: { FAKESNOW_PORT: port },
        logFile: join(dir, 'dbt.log'),
      });
      return { exit: await process.whenEnded(), output: process.tail(40) };
    },
    statements: () => dbtStatements(fakesnow.events()),
    stop: async () => fakesnow.process.stop(),
  };
}

function ddlOf(folder: string): readonly string[] {
  return readdirSync(folder)
    .sort()
    .map((file) => readFileSync(join(folder, file), 'utf8'));
}
