import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSnowflakeStandIn, type SnowflakeStandIn } from '@das/testing';
import { localTables, snowflakeColumns, snowflakeRows } from './rows-as-text';
import { fillBronze, makeWorld, WORLD } from './world';

const ROOT = join(__dirname, '../../..');

/** The stand-in is DuckDB beneath: that both targets agree shows that Snowflake's text is whole and says the same. */
const NOT_PROVEN = [
  'streams: that positions move with the MERGE and only with it, that initial rows come, when a stream is stale',
  'tasks: triggers, runs, retries, suspension, error notifications; serverless sizes',
  'dynamic tables: refresh modes and lags, what can be refreshed incrementally, frozen rows, BACKFILL FROM',
  'policies, tags, grants, secure views: whether Snowflake takes the clauses, and what a role then sees',
  'CREATE OR ALTER, COPY GRANTS, Time Travel, INSERT OVERWRITE as one step',
  'values: TIMESTAMP_TZ with its zone, VARIANT beyond JSON, NUMBER overflow, collation',
  'FLATTEN: the server numbers elements wrongly by itself; test/fakesnow/flatten.py mends that',
  'unit tests of BROOK_HEALTH and BROOK_LOGISTICS: the server describes temporary tables of one database alone',
  'speed, concurrency and cost',
];

/**
 * Unit tests: the server tells dbt no columns of a temporary table outside of the session's database. Data tests: macros make the same
 * ones of every contract; the rows that they look at are compared, one by one, with those that passed them on the local target.
 */
const OTHER_TESTS = ['health', 'logistics'].flatMap((domain) =>
  ['unit_test', 'test'].map((kind) => `resource_type:${kind},path:models/brook_${domain}`),
);

describe('dbt on Snowflake, against a stand-in', () => {
  const dir = mkdtempSync(join(tmpdir(), 'das-refine-snowflake-'));
  let snowflake: SnowflakeStandIn;
  const local = new Map<string, Awaited<ReturnType<typeof localTables>>>();
  let exit: unknown;

  beforeAll(async () => {
    const { lake, work } = await makeWorld(dir);
    snowflake = await startSnowflakeStandIn(dir);
    for (const database of Object.keys(WORLD)) {
      local.set(database, await localTables(join(work, `${database}.duckdb`), database));
      snowflake.prepare(database);
    }
    fillBronze(snowflake, lake);
    ({ exit } = await snowflake.dbt(['build', '--exclude', ...OTHER_TESTS]));
  }, 300_000);

  afterAll(async () => {
    for (const tables of local.values()) tables.close();
    await snowflake.stop();
    rmSync(dir, { recursive: true, force: true });
    process.stdout.write(`${['not proven here, for want of an account:', ...NOT_PROVEN].join('\n  - ')}\n`);
  });

  it('builds every model, and every unit test and data test passes', () => {
    const { results } = JSON.parse(readFileSync(join(dir, 'target/run_results.json'), 'utf8')) as {
      readonly results: readonly { readonly unique_id: string; readonly status: string }[];
    };
    const count = (kind: string, status: string): number =>
      results.filter((result) => result.unique_id.startsWith(`${kind}.`) && result.status === status).length;
    // An exposure is no-op: there is nothing to build.
    const others = results.filter(({ status }) => !['success', 'pass', 'no-op'].includes(status));
    expect(others.map((result) => `${result.status} ${result.unique_id}`)).toEqual([]);
    expect(count('model', 'success')).toBeGreaterThanOrEqual(10);
    expect(count('unit_test', 'success') + count('unit_test', 'pass')).toBeGreaterThan(20);
    expect(count('test', 'pass')).toBeGreaterThan(90);
    expect(exit).toBe(0);
  });

  it.each([
    ['BROOK_COMMERCE', 10],
    ['BROOK_HEALTH', 9],
    ['BROOK_LOGISTICS', 5],
  ])(
    'makes of the same BRONZE what the local target makes of it, row by row: %s',
    async (database, least) => {
      const tables = local.get(database);
      const shapes = tables?.shapes ?? [];
      expect(shapes.length).toBeGreaterThanOrEqual(least);
      for (const shape of shapes) {
        const rows = (await tables?.rowsOf(shape)) ?? [];
        const found = snowflakeRows(snowflake, database, shape);
        expect([shape.name, snowflakeColumns(snowflake, database, shape)]).toEqual([
          shape.name,
          shape.columns.map(({ name }) => name),
        ]);
        expect([shape.name, rows.length]).not.toEqual([shape.name, 0]);
        expect([shape.name, found.length]).toEqual([shape.name, rows.length]);
        // Not `toEqual`: it would print what is personal, even of nobody.
        expect([shape.name, rows.filter((row, index) => row !== found[index]).length]).toEqual([
          shape.name,
          0,
        ]);
      }
    },
  );

  it('has nothing left of a member who withdrew, once the tables are refreshed', async () => {
    const TABLES = ['MEMBER_LINKS', 'MEMBER_360', 'MEMBER_SEGMENTS'];
    const members = (): readonly (readonly (string | null)[])[] =>
      snowflake.run([
        TABLES.map((table) => `select '${table}', PATIENT_ID, PURPOSE from "BROOK_HEALTH"."GOLD"."${table}"`)
          .join(' union all ')
          .concat(' order by 1, 2, 3'),
      ]);
    const before = members();
    const [, patient = ''] = before.find(([table]) => table === 'MEMBER_360') ?? [];
    expect(patient).toMatch(/^tok/);
    const consents = '"BROOK_HEALTH"."SILVER"."CONSENTS_EVENTS"';
    snowflake.run([
      'use database "BROOK_HEALTH"',
      `insert into ${consents} select * replace ('withdrawn' as "EVENT_ID", 'consent.withdrawn' as "EVENT_TYPE",
         'member-service' as "PURPOSE", '${patient}' as "PATIENT_MRN", current_timestamp() as "HAPPENED_AT") from ${consents} limit 1`,
    ]);
    // Here a dynamic table is a table: what a refresh computes is computed by making it anew.
    const { exit, output } = await snowflake.dbt([
      'run',
      '--select',
      'patient_consents+',
      '--full-refresh',
      '--vars',
      'allow_full_refresh: true',
    ]);
    expect([exit, output]).toEqual([0, expect.stringContaining('ERROR=0')]);
    expect(members()).toEqual(
      before.filter(([, id, purpose]) => id !== patient || purpose !== 'member-service'),
    );
  }, 120_000);

  it('rests on stand-ins that take off what they should and nothing else', () => {
    const python = join(ROOT, '.tools/fakesnow/bin/python');
    const args = ['-m', 'unittest', 'discover', '-s', join(ROOT, 'test/fakesnow')];
    expect(() => execFileSync(python, args, { stdio: 'pipe' })).not.toThrow();
  });
});
