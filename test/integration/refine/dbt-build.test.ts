import { execFile } from 'node:child_process';
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DuckDBInstance } from '@duckdb/node-api';
import { authRow, deadRow, openLandedLake, orderRow, runDbt, startDbt, type DbtPlace } from '@das/testing';
import { DATABASE, RefineRig, RUN_COMMERCE, withDatabases } from './rig';

const ROOT = join(__dirname, '..', '..', '..');

/** Tables whose rows outlive what they were made from, and by which column they are old. */
const FROZEN = [
  { table: 'ORDERS', key: 'ORDER_ID', column: 'LAST_EVENT_AT' },
  { table: 'ORDER_LINES', key: 'ORDER_ID', column: 'LAST_EVENT_AT' },
  { table: 'SESSIONS', key: 'SESSION_ID', column: 'LAST_EVENT_AT' },
  { table: 'CUSTOMER_VERSIONS', key: 'CUSTOMER_ID', column: 'VALID_FROM' },
];

async function withWritable({ work }: DbtPlace, ...statements: readonly string[]): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:');
  const db = await instance.connect();
  try {
    await db.run(`ATTACH '${join(work, `${DATABASE}.duckdb`)}' AS "${DATABASE}"`);
    for (const statement of statements) await db.run(statement);
  } finally {
    db.closeSync();
    instance.closeSync();
  }
}

/** The project as a person runs it, on a lake of a few rows. */
describe('dbt build', () => {
  const rig = new RefineRig();
  const place = rig.place('whole');
  const batched = { ...rig.place('batched'), lake: place.lake };
  afterAll(() => {
    rig.remove();
  });

  /** @returns what dbt said, whether it succeeded or not */
  async function dbt(args: readonly string[], where: DbtPlace = place): Promise<string> {
    await startDbt(args, where).whenEnded();
    const output = join(where.target, 'output.txt');
    const said = readFileSync(output, 'utf8');
    rmSync(output);
    return said;
  }

  async function count(sql: string, where: DbtPlace = place): Promise<number> {
    return withDatabases({ [DATABASE]: where }, async (db) => {
      const [row] = (await db.runAndReadAll(`SELECT CAST((${sql}) AS INTEGER) AS n`)).getRowObjectsJS();
      return Number(row?.n);
    });
  }

  async function land(minute: number, where: DbtPlace = place): Promise<void> {
    const lake = await openLandedLake(where.lake);
    const at = (seconds: number): string =>
      new Date(Date.now() - minute * 60_000 + seconds * 1_000).toISOString();
    const id = (name: string): string => `${name}-${minute}`;
    const payload = { order_id: `ord_${minute}` };
    const created = orderRow({ id: id('o1'), type: 'order.created', at: at(0), payload });
    await lake.land(
      'orders',
      [
        created,
        { ...created, SOURCE_OFFSET: `${Number(created.SOURCE_OFFSET) + 1_000_000}` },
        orderRow({ id: id('o2'), type: 'order.paid', at: at(1), payload }),
        deadRow({ SOURCE_OFFSET: `${2_000_000 + minute}`, INGESTED_AT: at(2) }),
      ],
      2,
    );
    await lake.land('auth', [authRow({ id: id('a1'), type: 'login.succeeded', at: at(0) })], 10);
    lake.close();
  }

  it('passes every unit test and data test, without a warning', async () => {
    await land(3);
    const results = await runDbt(['build'], place);
    expect(results.filter(({ status }) => !['success', 'pass', 'no-op'].includes(status))).toEqual([]);
    const kinds = results.map(({ id }) => id.split('.')[0]);
    expect(kinds.filter((kind) => kind === 'unit_test').length).toBeGreaterThanOrEqual(22);
    expect(kinds.filter((kind) => kind === 'test').length).toBeGreaterThanOrEqual(100);
    expect(readFileSync(join(place.target, 'output.txt'), 'utf8')).not.toMatch(/warning\]|deprecat/i);
    expect(await count('SELECT sum(duplicates) FROM BROOK_COMMERCE.SILVER.ORDERS_EVENTS')).toBe(1);
    expect(await count(`SELECT count(*) FROM BROOK_COMMERCE.OPS.DEAD_LETTERS WHERE state = 'open'`)).toBe(1);
  });

  it('takes nothing twice, and what is new alone', async () => {
    const files = 'SELECT count(*) FROM BROOK_COMMERCE.OPS.CONSUMED_FILES';
    const before = await count(files);
    expect(await dbt(['run'])).toMatch(/ORDERS_EVENTS .*\[NOTHING NEW/);
    expect(await count(files)).toBe(before);

    await land(2);
    await runDbt(['run'], place);
    // Two files of orders and one of auth, each for its SILVER model and for dead letters.
    expect(await count(files)).toBe(before + 6);
    expect(await count('SELECT count(*) FROM BROOK_COMMERCE.GOLD.ORDERS')).toBe(2);
    expect(await count('SELECT sum(duplicates) FROM BROOK_COMMERCE.SILVER.ORDERS_EVENTS')).toBe(2);
  });

  it('is the same in batches of one file', async () => {
    await runDbt([...RUN_COMMERCE, '--vars', '{files_per_batch: 1}'], batched);
    await withDatabases({ whole: place, batched }, async (db) => {
      for (const table of [
        'SILVER.ORDERS_EVENTS',
        'SILVER.AUTH_EVENTS',
        'OPS.DEAD_LETTER_FACTS',
        'GOLD.ORDERS',
      ]) {
        const differences = await db.runAndReadAll(
          `(FROM whole.${table} EXCEPT FROM batched.${table}) UNION ALL (FROM batched.${table} EXCEPT FROM whole.${table})`,
        );
        expect(differences.getRowsJS()).toEqual([]);
      }
      const rows = await db.runAndReadAll('SELECT count(*) FROM batched.SILVER.ORDERS_EVENTS');
      expect(Number(rows.getRowsJS()[0]?.[0])).toBe(4);
    });
  });

  it('says how fresh BRONZE is', async () => {
    expect(await dbt(['source', 'freshness'])).toMatch(
      /PASS freshness of brook_commerce_bronze.orders_events_v1/,
    );
  });

  it('refuses a full refresh, unless it is meant', async () => {
    expect(await dbt(['run', '--full-refresh'])).toContain('full refresh of orders_events is refused');
    expect(await dbt(['run', '--full-refresh', '--vars', 'allow_full_refresh: true'])).toContain('ERROR=0');
    expect(await count('SELECT count(*) FROM BROOK_COMMERCE.SILVER.ORDERS_EVENTS')).toBe(4);
    expect(await count('SELECT sum(duplicates) FROM BROOK_COMMERCE.SILVER.ORDERS_EVENTS')).toBe(2);
  });

  it('names model and column where a required value does not fit, and takes nothing', async () => {
    const broken = rig.place('broken');
    const lake = await openLandedLake(broken.lake);
    const row = orderRow({ id: 'o1', type: 'order.created', at: '10:00', payload: { total_usd: 'a lot' } });
    await lake.land('orders', [row], 10);
    lake.close();
    const said = await dbt(['run', '--select', 'orders_events'], broken);
    expect(said).toContain('model orders_events');
    expect(said).toContain('NOT NULL constraint failed: ORDERS_EVENTS.TOTAL_USD');
    expect(said).not.toContain('a lot');
    expect(await count('SELECT count(*) FROM BROOK_COMMERCE.OPS.CONSUMED_FILES', broken)).toBe(0);
  });

  it('refuses a lake whose path would be a pattern', async () => {
    const patterned = { ...place, lake: join(place.lake, '[1]') };
    const said = await dbt(['run', '--select', 'orders_events'], patterned);
    expect(said).toContain('the path that DAS_LAKE names has a character that DuckDB takes for a pattern');
  });

  it('adds a column that a contract has gained', async () => {
    await withWritable(place, 'ALTER TABLE "BROOK_COMMERCE"."SILVER"."ORDERS_EVENTS" DROP COLUMN "COUPON"');
    await runDbt(['run', '--select', 'orders_events+'], place);
    expect(await count('SELECT count(*) FROM BROOK_COMMERCE.SILVER.ORDERS_EVENTS WHERE coupon IS NULL')).toBe(
      4,
    );
  });

  it('keeps frozen rows, and tells once what comes to life again', async () => {
    const frozen = (table: string, column: string): string =>
      `SELECT count(*) FROM BROOK_COMMERCE.GOLD.${table} WHERE ${column} < now() - INTERVAL 390 DAY`;
    const before = await Promise.all(
      FROZEN.map(({ table }) => count(`FROM BROOK_COMMERCE.GOLD.${table} SELECT count(*)`)),
    );
    for (const { table, key, column } of FROZEN) {
      const name = `"BROOK_COMMERCE"."GOLD"."${table}"`;
      await withWritable(
        place,
        `INSERT INTO ${name} SELECT * REPLACE ('before' AS "${key}") FROM ${name} LIMIT 1`,
        `UPDATE ${name} SET "${column}" = "${column}" - INTERVAL 391 DAY`,
      );
    }
    await runDbt(['run', '--select', ...FROZEN.map(({ table }) => table.toLowerCase())], place);
    for (const [index, { table, key, column }] of FROZEN.entries()) {
      const rows = before[index] ?? 0;
      // `before` is in no event any more and stays; the others have events of today. A version is its time: it stays, too.
      const kept = column === 'VALID_FROM' ? rows + 1 : 1;
      expect([table, await count(`FROM BROOK_COMMERCE.GOLD.${table} SELECT count(*)`)]).toEqual([
        table,
        rows + kept,
      ]);
      expect([table, await count(frozen(table, column))]).toEqual([table, kept]);
      expect(await count(`SELECT count(*) FROM BROOK_COMMERCE.GOLD.${table} WHERE ${key} = 'before'`)).toBe(
        1,
      );
    }
  });

  it('takes what is old already when it comes, as a build from scratch does, and once', async () => {
    const DAYS = 395;
    const at = new Date(Date.now() - DAYS * 86_400_000).toISOString();
    const row = { INGESTED_AT: new Date().toISOString(), IS_LATE: true };
    const payload = {
      order_id: 'ord_old',
      customer: { id: 'cus_old', email: 'old@example.com', name: 'Sam Sample' },
    };
    const lake = await openLandedLake(place.lake);
    await lake.land('orders', [orderRow({ id: 'old-1', type: 'order.created', at, payload, row })], 10);
    const session = { session_id: 'ses_old', customer_id: 'cus_old' };
    await lake.land(
      'auth',
      [authRow({ id: 'old-2', type: 'login.succeeded', at, payload: session, row })],
      10,
    );
    const scratch = { ...rig.place('scratch'), lake: `${place.lake}/` };
    await runDbt(RUN_COMMERCE, batched);
    await runDbt(RUN_COMMERCE, scratch);
    await withDatabases({ batched, scratch }, async (db) => {
      for (const { table, column } of FROZEN) {
        const differences = await db.runAndReadAll(
          `(FROM scratch.GOLD.${table} EXCEPT ALL FROM batched.GOLD.${table}) UNION ALL (FROM batched.GOLD.${table} EXCEPT ALL FROM scratch.GOLD.${table})`,
        );
        expect([table, differences.getRowsJS().length]).toEqual([table, 0]);
        const old = await db.runAndReadAll(
          `SELECT count(*) FROM batched.GOLD.${table} WHERE ${column} < now() - INTERVAL 390 DAY`,
        );
        expect([table, Number(old.getRowsJS()[0]?.[0])]).toEqual([table, 1]);
      }
    });

    await lake.land('orders', [orderRow({ id: 'old-3', type: 'order.paid', at, payload, row })], 10);
    lake.close();
    const selected = ['orders_events', 'orders', 'every_order_of_silver_is_in_gold'];
    expect(
      await dbt(['build', '--select', ...selected, '--exclude-resource-type', 'unit_test'], batched),
    ).toMatch(/every_order_of_silver_is_in_gold[^]*ERROR=0/);
    // It is frozen, and stays as it was.
    expect(
      await count(`SELECT event_count FROM BROOK_COMMERCE.GOLD.ORDERS WHERE order_id = 'ord_old'`, batched),
    ).toBe(1);
  });

  it('says which columns a model and its contract do not share', async () => {
    const project = join(rig.place('project').work, 'dbt');
    await promisify(execFile)('cp', ['-r', join(ROOT, 'dbt'), project]);
    const model = join(project, 'models/brook_commerce/gold/customers.sql');
    writeFileSync(model, readFileSync(model, 'utf8').replace('    region,', '    region as area,'));
    const failed: unknown = await promisify(execFile)(
      join(ROOT, '.tools/dbt/bin/dbt'),
      ['run', '--select', 'customers', '--target', 'local'],
      { cwd: project, env: { ...process.env, DAS_LAKE: place.lake, DAS_WORK: place.work } },
    ).catch((error: unknown) => error);
    expect(failed).toHaveProperty('code', 1);
    const { stdout: said } = failed as { readonly stdout: string };
    expect(said).toContain('customers does not fulfil its contract: missing region; not declared area');
  });

  it('makes its pages', async () => {
    const page = join(ROOT, 'dist', 'docs', 'index.html');
    // An earlier one is somebody's, and stays where this fails.
    const madeMs = (): number => statSync(page, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    const before = madeMs();
    await promisify(execFile)(process.execPath, ['scripts/das.mjs', 'docs'], { cwd: ROOT });
    expect(madeMs()).toBeGreaterThan(before);
    expect(readFileSync(page, 'utf8')).toContain('BROOK_COMMERCE');
  });
});
