import { linkSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import {
  compareTable,
  foldRefined,
  Random,
  readRefinedInput,
  runDbt,
  writeWorld,
  type DbtPlace,
} from '@das/testing';
import type { DuckDBConnection } from '@duckdb/node-api';
import { DATABASE, RefineRig, RUN_COMMERCE, withDatabases } from './rig';

const ROWS = 12_000;
const DAY_MS = 24 * 3_600_000;
/** Other orders, or fewer: `REFINE_SEED=4711 REFINE_ORDERS=1 npx jest test/integration/refine/batches`. */
const ORDERS = Number(process.env.REFINE_ORDERS ?? 10);
const FIRST_SEED = Number(process.env.REFINE_SEED ?? 31);
/** Two cores; dbt spends most of its time in starting, on one. */
const SIDE_BY_SIDE = 2;
/** Also on a machine that has little to spare. */
const BOUND_MS = 300_000;
const VIEWS = ['CUSTOMERS', 'DEAD_LETTERS'];

/** Whatever order a lake's files come in, and however many at a time: the tables are the same. */
describe('SILVER and GOLD however rows are batched', () => {
  const rig = new RefineRig();
  const whole = rig.place('whole');
  let files: readonly string[];
  let expected: ReturnType<typeof foldRefined>;

  beforeAll(async () => {
    const untilMs = Date.now() - 60_000;
    const written = await writeWorld(whole.lake, {
      seed: 21,
      rows: ROWS,
      rowsPerFile: 100,
      fromMs: untilMs - 3 * DAY_MS,
      untilMs,
    });
    files = written.map((file) => relative(whole.lake, file)).sort();
    await runDbt(RUN_COMMERCE, whole);
    expected = await withDatabases({}, async (db) => foldRefined(await readRefinedInput(db, whole.lake)));
  }, BOUND_MS);
  afterAll(() => {
    rig.remove();
  });

  it('is what the oracle folds, all at once', async () => {
    await withDatabases({ [DATABASE]: whole }, async (db) => {
      for (const table of expected) {
        expect((await compareTable(db, DATABASE, table)).differences).toEqual([]);
      }
    });
  });

  it(
    `is the same in ${ORDERS} random orders`,
    async () => {
      const seeds = Array.from({ length: ORDERS }, (_, index) => FIRST_SEED + index);
      const differences = new Map<number, readonly string[]>();
      await Promise.all(
        Array.from({ length: SIDE_BY_SIDE }, async () => {
          for (let seed = seeds.shift(); seed !== undefined; seed = seeds.shift()) {
            const place = rig.place(`order-${seed}`);
            await deliver(place, seed);
            differences.set(seed, await compareWith(place));
          }
        }),
      );
      expect(differences.size).toBe(ORDERS);
      expect(Object.fromEntries(differences)).toEqual(
        Object.fromEntries([...differences.keys()].map((seed) => [seed, []])),
      );
    },
    BOUND_MS,
  );

  /** The files in an order of their own, two or three batches with a run after each. */
  async function deliver(place: DbtPlace, seed: number): Promise<void> {
    const random = new Random(seed);
    const inOrder = files.map((file) => ({ file, at: random.next() })).sort((a, b) => a.at - b.at);
    const batches = 2 + random.below(2);
    // An endpoint that starts makes the tables' folders.
    for (const file of readdirSync(whole.lake, { recursive: true, encoding: 'utf8' })) {
      if (file.endsWith('_columns.json')) link(file, place);
    }
    for (let batch = 0; batch < batches; batch++) {
      for (const { file, at } of inOrder) if (Math.floor(at * batches) === batch) link(file, place);
      await runDbt(RUN_COMMERCE, place);
    }
  }

  function link(file: string, place: DbtPlace): void {
    mkdirSync(dirname(join(place.lake, file)), { recursive: true });
    linkSync(join(whole.lake, file), join(place.lake, file));
  }

  async function compareWith(place: DbtPlace): Promise<readonly string[]> {
    return withDatabases({ ONCE: whole, [DATABASE]: place }, async (db) => {
      const differences: string[] = [];
      for (const table of await tablesOf(db, 'ONCE')) {
        const found = await unequalRows(db, table);
        if (found > 0) differences.push(`${table}: ${found} rows differ`);
      }
      // A view names its own database, so it cannot be compared with that of another; and where tables differ, cells say how.
      const told = expected.filter(({ name }) => VIEWS.includes(name) || differences.length > 0);
      for (const table of told) {
        const { differences: cells } = await compareTable(db, DATABASE, table);
        differences.push(...cells.map((cell) => `${table.name}: ${cell}`));
      }
      return differences;
    });
  }
});

/** The refined tables (a view follows from them, and names its database); not the list of consumed files, which is how a batch is remembered. */
async function tablesOf(db: DuckDBConnection, database: string): Promise<readonly string[]> {
  const tables = await db.runAndReadAll(
    `SELECT '"' || table_schema || '"."' || table_name || '"' FROM information_schema.tables
     WHERE table_catalog = '${database}' AND table_type = 'BASE TABLE' AND (table_schema IN ('SILVER', 'GOLD') OR table_name LIKE 'DEAD_LETTER%') ORDER BY 1`,
  );
  return tables.getRows().map(([name]) => String(name));
}

async function unequalRows(db: DuckDBConnection, table: string): Promise<number> {
  const [once, batched] = [`FROM "ONCE".${table}`, `FROM "${DATABASE}".${table}`];
  const [[count] = []] = (
    await db.runAndReadAll(
      `SELECT count(*) FROM ((${once} EXCEPT ALL ${batched}) UNION ALL (${batched} EXCEPT ALL ${once}))`,
    )
  ).getRows();
  return Number(count);
}
