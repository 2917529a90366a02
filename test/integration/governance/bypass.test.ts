import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { governedTables, loadAccess, loadContracts } from '@das/contracts';
import { securedViews } from '@das/governance';
import { openWarehouse, type Warehouse } from '@das/warehouse';
import { PROBES } from './bypass/probes';
import { randomQueries } from './bypass/random-queries';
import { DATABASE, publishWorld, type World } from './bypass/two-worlds';

const CONTRACTS = join(__dirname, '../../../contracts');
const documents = loadContracts(
  readdirSync(CONTRACTS, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.odcs.yaml'))
    .map((name) => join(CONTRACTS, name)),
);
const views = securedViews(documents, loadAccess(CONTRACTS));
const ROLE = 'ANALYST_EMEA';
const WORLDS: readonly World[] = [0, 1];
const SEED = Number(process.env.BYPASS_SEED ?? 1);
const QUERIES = Number(process.env.BYPASS_QUERIES ?? 300);

describe('two worlds that differ only in what a role may not see', () => {
  const dir = mkdtempSync(join(tmpdir(), 'das-bypass-'));
  const folderOf = (world: World): string => join(dir, String(world));
  const open = async (role?: string): Promise<readonly Warehouse[]> =>
    Promise.all(
      WORLDS.map(async (world) =>
        openWarehouse(
          { DAS_REFINED: folderOf(world) },
          { queryTag: 'test', as: role === undefined ? undefined : { role, views } },
        ),
      ),
    );
  let asRole: readonly Warehouse[] = [];
  let asOwner: readonly Warehouse[] = [];

  beforeAll(async () => {
    for (const world of WORLDS) await publishWorld(folderOf(world), world, documents);
    asRole = await open(ROLE);
    asOwner = await open();
  });
  afterAll(async () => {
    for (const warehouse of [...asRole, ...asOwner]) await warehouse.close();
    rmSync(dir, { recursive: true });
  });

  /** Everything that whoever asks is told, or the failure's: its rows, in their order, or each word of it. */
  const told = async (warehouse: Warehouse | undefined, sql: string): Promise<string> => {
    try {
      const answer = await warehouse!.ask(sql);
      const rows: unknown[] = [];
      for await (const row of answer.rows) rows.push(row);
      return JSON.stringify([answer.columns, rows]);
    } catch (thrown) {
      const { code, line } = thrown as { readonly code: string; readonly line: string };
      return `${code}: ${line}`;
    }
  };
  const inBoth = async (warehouses: readonly Warehouse[], sql: string): Promise<readonly string[]> =>
    Promise.all(WORLDS.map(async (world) => told(warehouses[world], sql.replaceAll('DIR', folderOf(world)))));
  const differing = async (
    warehouses: readonly Warehouse[],
    queries: readonly string[],
  ): Promise<readonly string[]> => {
    const found: string[] = [];
    for (const sql of queries) {
      const [one, other] = await inBoth(warehouses, sql);
      if (one !== other) found.push(`${sql}\n  one:   ${one ?? ''}\n  other: ${other ?? ''}`.slice(0, 2000));
    }
    return found;
  };
  const tables = governedTables(documents).filter(
    ({ tier, isInternal, database }) => tier === 'GOLD' && !isInternal && database === DATABASE,
  );
  const queries = randomQueries(SEED, QUERIES, tables);

  it('answer each way around the policies alike, to the last byte', async () => {
    expect(await differing(asRole, PROBES)).toEqual([]);
  });

  it(`answer ${QUERIES} random queries alike, to the last byte`, async () => {
    expect(await differing(asRole, queries)).toEqual([]);
  });

  it('show of a view what its table shows, masked once', async () => {
    const sql = `SELECT DISTINCT "EMAIL", "REGION" FROM "BROOK_COMMERCE"."GOLD"."CUSTOMERS" WHERE "EMAIL" IS NOT NULL ORDER BY 1`;
    const [, rows] = JSON.parse(await told(asRole[0], sql)) as readonly [unknown, unknown];
    expect(rows).toEqual(['m0', 'm1', 'm2', 'm3'].map((domain) => [`${domain}.example`, 'EMEA']));
  });

  it('are told apart by the same queries, where no policy stands between', async () => {
    const some = queries.slice(0, 60);
    expect((await differing(asOwner, some)).length).toBeGreaterThan(some.length * 0.4);
  });
});
