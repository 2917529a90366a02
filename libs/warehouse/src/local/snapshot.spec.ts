import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { allRows, publishSnapshot } from '@das/testing';
import { openWarehouse } from '../open-warehouse';
import type { Warehouse } from '../warehouse';

const ROWS = 5_000;

describe('published snapshots', () => {
  let dir: string;
  let warehouse: Warehouse | undefined;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'das-snapshots-'));
  });
  afterEach(async () => {
    await warehouse?.close();
    rmSync(dir, { recursive: true });
  });
  const open = async (): Promise<Warehouse> => {
    warehouse = await openWarehouse({ DAS_REFINED: dir }, { queryTag: 'test' });
    return warehouse;
  };
  /** Two databases whose every row has the number of its snapshot. */
  const publish = async (number: number): Promise<void> =>
    publishSnapshot(dir, `build-${number}`, ['A', 'B'], async (db) => {
      for (const name of ['A', 'B']) {
        await db.run(`CREATE SCHEMA "${name}"."GOLD"`);
        await db.run(`CREATE TABLE "${name}"."GOLD"."T" AS SELECT ${number} AS "N" FROM range(${ROWS})`);
      }
    });

  it('stay with the query that began in them, also deleted', async () => {
    await publish(1);
    const rows = (await open()).query('SELECT "N" FROM "A"."GOLD"."T"')[Symbol.asyncIterator]();
    expect((await rows.next()).value).toEqual({ N: 1 });
    await publish(2);
    await publish(3);
    expect(await allRows(warehouse!.query('SELECT MIN("N") AS "N" FROM "A"."GOLD"."T"'))).toEqual([{ N: 3 }]);
    let count = 1;
    for (let next = await rows.next(); next.done !== true; next = await rows.next()) {
      if (next.value.N !== 1) throw new Error('another snapshot');
      count++;
    }
    expect(count).toBe(ROWS);
  });

  it('let go of files that nobody reads any more', async () => {
    await publish(1);
    const asked = await open();
    const before = openFiles();
    for (let number = 2; number <= 12; number++) {
      await publish(number);
      await allRows(asked.query('SELECT MAX("N") AS "N" FROM "B"."GOLD"."T"'));
    }
    await sleep(50);
    // Two files of the newest, and perhaps a few of the process's own.
    expect(openFiles() - before).toBeLessThan(6);
  });

  it('are missed by name before the first one', async () => {
    mkdirSync(join(dir, 'published'));
    const asked = allRows((await open()).query('SELECT * FROM "A"."GOLD"."T"'));
    await expect(asked).rejects.toMatchObject({
      code: 'table_missing',
      cure: expect.stringMatching(/no snapshot was published yet.*das transform/) as string,
    });
    await publish(1);
    expect(await allRows(warehouse!.query('SELECT COUNT(*) AS "N" FROM "A"."GOLD"."T"'))).toEqual([
      { N: ROWS },
    ]);
  });

  it('that are broken are a matter of set-up', async () => {
    mkdirSync(join(dir, 'published', 'build-1'), { recursive: true });
    mkdirSync(join(dir, 'published', 'build-1', 'A.duckdb'));
    symlinkSync('build-1', join(dir, 'published', 'current'));
    const asked = allRows((await open()).query('SELECT 1 AS "N"'));
    await expect(asked).rejects.toMatchObject({ kind: 'setup', code: 'tables_unreadable' });
  });
});

function openFiles(): number {
  return readdirSync('/dev/fd').length;
}
