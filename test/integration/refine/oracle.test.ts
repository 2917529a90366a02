import type { DuckDBConnection } from '@duckdb/node-api';
import {
  compareTable,
  foldHealth,
  foldLogistics,
  foldMembers,
  foldRefined,
  readHealthInput,
  readLogisticsInput,
  readRefinedInput,
  runDbt,
  writeWorld,
} from '@das/testing';
import { DATABASE, HEALTH, LOGISTICS, RefineRig, withDatabases } from './rig';

const ROWS = 100_000;
const HEALTH_ROWS = 10_000;
const LOGISTICS_ROWS = 6_000;
const DAY_MS = 24 * 3_600_000;
/** Also on a machine that has little to spare. */
const BOUND_MS = 300_000;

const FOLDS = [
  [DATABASE, async (db: DuckDBConnection, lake: string) => foldRefined(await readRefinedInput(db, lake))],
  [
    HEALTH,
    async (db: DuckDBConnection, lake: string) => {
      const input = await readHealthInput(db, lake);
      const health = foldHealth(input);
      const commerce = foldRefined(await readRefinedInput(db, lake));
      return [...health, ...foldMembers(commerce, health, input.rekeys)];
    },
  ],
  [
    LOGISTICS,
    async (db: DuckDBConnection, lake: string) => foldLogistics(await readLogisticsInput(db, lake)),
  ],
] as const;

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
      const world = { seed, rowsPerFile: 2_000, fromMs: untilMs - 3 * DAY_MS, untilMs };
      await writeWorld(place.lake, { ...world, rows: ROWS });
      await writeWorld(place.lake, { ...world, domain: 'brook_health', rows: HEALTH_ROWS });
      await writeWorld(place.lake, { ...world, domain: 'brook_logistics', rows: LOGISTICS_ROWS });
      const results = await runDbt([command], place);
      expect(results.filter(({ status }) => !['success', 'pass', 'no-op'].includes(status))).toEqual([]);

      for (const [database, fold] of FOLDS)
        await withDatabases(
          { [database]: place },
          async (db) => {
            for (const table of await fold(db, place.lake)) {
              const { rows, differences } = await compareTable(db, database, table);
              expect([`${database}.${table.schema}.${table.name}`, differences]).toEqual([
                expect.any(String),
                [],
              ]);
              expect(rows).toBe(table.rows.length);
              // Of some thousands of patients and of customers some are both.
              expect(rows).toBeGreaterThan(table.name.startsWith('MEMBER_') ? 5 : 50);
            }
          },
          database,
        );
    },
    BOUND_MS,
  );
});
