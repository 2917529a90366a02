import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { allRows, publishSnapshot } from '@das/testing';
import { openWarehouse } from '@das/warehouse';

const SNAPSHOTS = 50;
const ROWS = 5_000;
const SQL =
  'SELECT MIN(a."N") AS "A", MAX(a."N") AS "Z", COUNT(*) AS "ROWS", (SELECT MAX("N") FROM "B"."GOLD"."T") AS "B" ' +
  'FROM "A"."GOLD"."T" a';

describe('published snapshots under load', () => {
  it('are read whole, and newer ones later, while fifty are published and deleted', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'das-snapshots-'));
    /** Two databases whose every row has the number of its snapshot. */
    const publish = async (number: number): Promise<void> =>
      publishSnapshot(dir, `build-${number}`, ['A', 'B'], async (db) => {
        for (const name of ['A', 'B']) {
          await db.run(`CREATE SCHEMA "${name}"."GOLD"`);
          await db.run(`CREATE TABLE "${name}"."GOLD"."T" AS SELECT ${number} AS "N" FROM range(${ROWS})`);
        }
      });
    await publish(1);
    const warehouse = await openWarehouse({ DAS_REFINED: dir }, { queryTag: 'test' });
    const writing = { done: false };
    const wrong: string[] = [];
    const met = new Set<number>();
    const reader = async (): Promise<void> => {
      let newest = 0;
      while (!writing.done) {
        const [row] = await allRows(warehouse.query(SQL));
        const n = Number(row?.A);
        if (row?.Z !== n || row.B !== n || row.ROWS !== ROWS) wrong.push(`torn: ${JSON.stringify(row)}`);
        if (n < newest) wrong.push(`${n} after ${newest}`);
        newest = n;
        met.add(n);
      }
    };
    const writer = (async () => {
      for (let number = 2; number <= SNAPSHOTS; number++) await publish(number);
    })().finally(() => {
      writing.done = true;
    });
    await Promise.all([writer, reader(), reader(), reader()]);
    expect(wrong).toEqual([]);
    // Readers and writer met: else nothing was shown.
    expect(met.size).toBeGreaterThan(SNAPSHOTS / 5);
    expect(await allRows(warehouse.query('SELECT MAX("N") AS "N" FROM "A"."GOLD"."T"'))).toEqual([
      { N: SNAPSHOTS },
    ]);
    expect(readdirSync(join(dir, 'published')).sort()).toEqual([`build-${SNAPSHOTS}`, 'current']);
    await warehouse.close();
    rmSync(dir, { recursive: true });
  });
});
