import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { allRows } from '@das/testing';
import { foldersIn, publish } from '@das/transform';
import { openWarehouse } from '@das/warehouse';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';

const SNAPSHOTS = 50;
const ROWS = 5_000;
const SQL =
  'SELECT MIN(a."N") AS "A", MAX(a."N") AS "Z", COUNT(*) AS "ROWS", (SELECT MAX("N") FROM "B"."GOLD"."T") AS "B" ' +
  'FROM "A"."GOLD"."T" a';
const TESTS = { passed: 0, warned: 0, failed: 0 };

describe('published snapshots under load', () => {
  it('are read whole, and newer ones later, while fifty are published and deleted', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'das-snapshots-'));
    const folders = foldersIn(dir);
    mkdirSync(folders.work);
    const instance = await DuckDBInstance.create(':memory:');
    const db = await instance.connect();
    const ids: string[] = [];
    /** As das transform does after a build: two databases whose every row has the number of its snapshot. */
    const buildAndPublish = async (number: number): Promise<void> => {
      await build(db, folders.work, number);
      ids.push((await publish(folders, Date.now(), { models: [], tests: TESTS })).id);
    };
    await buildAndPublish(1);
    const warehouse = await openWarehouse({ DAS_REFINED: dir }, { queryTag: 'test' });
    const writing = { done: false };
    const wrong = new Set<string>();
    const met = new Set<number>();
    const reader = async (): Promise<void> => {
      let newest = 0;
      while (!writing.done) {
        const [row] = await allRows(warehouse.query(SQL));
        const n = Number(row?.A);
        if (row?.Z !== n || row.B !== n || row.ROWS !== ROWS) wrong.add(`torn: ${JSON.stringify(row)}`);
        if (n < newest) wrong.add(`${n} after ${newest}`);
        newest = n;
        met.add(n);
      }
    };
    /** A switch in two steps would leave a moment without a snapshot. */
    const looker = async (): Promise<void> => {
      while (!writing.done) {
        if (!existsSync(folders.current)) wrong.add('no snapshot is current');
        await setImmediate();
      }
    };
    const writer = (async () => {
      for (let number = 2; number <= SNAPSHOTS; number++) await buildAndPublish(number);
    })().finally(() => {
      writing.done = true;
    });
    await Promise.all([writer, looker(), reader(), reader(), reader()]);
    expect([...wrong]).toEqual([]);
    // Readers and writer met: else nothing was shown.
    expect(met.size).toBeGreaterThan(SNAPSHOTS / 5);
    expect(await allRows(warehouse.query('SELECT MAX("N") AS "N" FROM "A"."GOLD"."T"'))).toEqual([
      { N: SNAPSHOTS },
    ]);
    expect(readdirSync(folders.published).sort()).toEqual([...ids.slice(-2), 'current', 'log.ndjson']);
    await warehouse.close();
    db.closeSync();
    instance.closeSync();
    rmSync(dir, { recursive: true });
  });
});

async function build(db: DuckDBConnection, work: string, number: number): Promise<void> {
  for (const name of ['A', 'B']) {
    await db.run(`ATTACH '${join(work, `${name}.duckdb`)}' AS "${name}"`);
    await db.run(`CREATE SCHEMA IF NOT EXISTS "${name}"."GOLD"`);
    await db.run(
      `CREATE OR REPLACE TABLE "${name}"."GOLD"."T" AS SELECT ${number} AS "N" FROM range(${ROWS})`,
    );
    await db.run(`DETACH "${name}"`);
  }
}
