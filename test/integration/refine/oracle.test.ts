import { compareTable, foldRefined, readRefinedInput, runDbt, writeWorld } from '@das/testing';
import { DATABASE, RefineRig, withDatabases } from './rig';

const ROWS = 100_000;
const DAY_MS = 24 * 3_600_000;
/** Also on a machine that has little to spare. */
const BOUND_MS = 300_000;

/** What dbt builds on DuckDB from a lake is, cell by cell, what the oracle folds from the same rows. */
describe('SILVER and GOLD against the oracle', () => {
  const rig = new RefineRig();
  afterAll(() => {
    rig.remove();
  });

  // dbt's own tests once: they take as long as everything else.
  it.each([
    ['build', 11],
    ['run', 12],
    ['run', 13],
  ])(
    `${ROWS} rows with every trouble, dbt %s, seed %d`,
    async (command, seed) => {
      const place = rig.place(`seed-${seed}`);
      const untilMs = Date.now() - 60_000;
      await writeWorld(place.lake, {
        seed,
        rows: ROWS,
        rowsPerFile: 2_000,
        fromMs: untilMs - 3 * DAY_MS,
        untilMs,
      });
      const results = await runDbt([command], place);
      expect(results.filter(({ status }) => !['success', 'pass', 'no-op'].includes(status))).toEqual([]);

      await withDatabases({ [DATABASE]: place }, async (db) => {
        const expected = foldRefined(await readRefinedInput(db, place.lake));
        for (const table of expected) {
          const { rows, differences } = await compareTable(db, DATABASE, table);
          expect([`${table.schema}.${table.name}`, differences]).toEqual([expect.any(String), []]);
          expect(rows).toBe(table.rows.length);
          expect(rows).toBeGreaterThan(100);
        }
      });
    },
    BOUND_MS,
  );
});
