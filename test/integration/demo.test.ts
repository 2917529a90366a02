import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PRODUCTS, STREAMS } from '@contracts/brook-commerce';
import { ManagedProcess, runDas } from '@das/testing';

const EVENTS = 4_000;
const BOUND_MS = 300_000;

interface Quantiles {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

/** What others read of the demo's JSON. */
interface Result {
  readonly produced: number;
  readonly bronze: Readonly<Record<string, number>>;
  readonly silver?: Readonly<Record<string, number>>;
  readonly gold?: Readonly<Record<string, number>>;
  readonly tests?: { readonly passed: number; readonly failed: number };
  readonly latencySeconds: { readonly bronze: Quantiles; readonly gold?: Quantiles };
}

/** The first thing that anybody tries. */
describe('npm run demo', () => {
  const dir = mkdtempSync(join(tmpdir(), 'das-demo-'));
  const started: ManagedProcess[] = [];
  afterAll(async () => {
    // One that a failed test left.
    for (const process of started) if (process.exit === undefined) await process.stop();
    rmSync(dir, { recursive: true });
  });

  async function demo(name: string, ...args: readonly string[]): Promise<Result> {
    const json = join(dir, name, 'result.json');
    const process = ManagedProcess.start({
      name: 'demo',
      command: globalThis.process.execPath,
      args: [
        join(__dirname, '../../scripts/das.mjs'),
        'demo',
        '--once',
        ...['--json', json, '--dir', join(dir, name, 'state')],
        ...args,
      ],
      logFile: join(dir, `${name}.log`),
    });
    started.push(process);
    const exit = await process.whenEnded();
    expect([exit, exit === 0 ? '' : process.tail(40)]).toEqual([0, '']);
    return JSON.parse(readFileSync(json, 'utf8')) as Result;
  }

  it(
    'brings every event into BRONZE, SILVER and GOLD exactly once, and leaves what das query reads',
    async () => {
      const result = await demo('whole', '--events', String(EVENTS), '--rate', '2000');
      expect(result).toMatchObject({ lost: 0, duplicated: 0, altered: 0, misordered: 0 });
      expect(result.produced).toBeGreaterThanOrEqual(EVENTS);
      expectRows(result.bronze, bronzeTables());
      expectRows(result.silver, ['BROOK_COMMERCE.SILVER.AUTH_EVENTS', 'BROOK_COMMERCE.SILVER.ORDERS_EVENTS']);
      expectRows(
        result.gold,
        PRODUCTS.flatMap(({ tables }) => tables).map(({ table }) => nameOf(table)),
      );
      expect(result.tests?.failed).toBe(0);
      expect(result.tests?.passed).toBeGreaterThan(0);
      expectQuantiles(result.latencySeconds.bronze);
      expectQuantiles(result.latencySeconds.gold);

      const state = join(dir, 'whole', 'state');
      const asked = await runDas(
        ['query', 'SELECT "ORDER_ID" FROM "BROOK_COMMERCE"."GOLD"."ORDERS"', '--json'],
        {
          DAS_LAKE: join(state, 'lake'),
          DAS_REFINED: join(state, 'refined'),
        },
      );
      expect([asked.code, asked.stderr]).toEqual([0, '']);
      expect(JSON.parse(asked.stdout)).toHaveLength(result.gold?.['BROOK_COMMERCE.GOLD.ORDERS'] ?? 0);
    },
    BOUND_MS,
  );

  it(
    'makes BRONZE alone where that is asked for',
    async () => {
      const result = await demo('bronze', '--bronze-only', '--events', '500');
      expect(result).toMatchObject({ lost: 0, duplicated: 0, altered: 0, misordered: 0 });
      expectRows(result.bronze, bronzeTables());
      expectQuantiles(result.latencySeconds.bronze);
      for (const key of ['silver', 'gold', 'tests']) expect(result).not.toHaveProperty(key);
      expect(result.latencySeconds).not.toHaveProperty('gold');
      expect(existsSync(join(dir, 'bronze', 'state', 'refined'))).toBe(false);
    },
    BOUND_MS,
  );
});

function bronzeTables(): readonly string[] {
  return STREAMS.map(({ table }) => nameOf(table));
}

function nameOf(table: {
  readonly database: string;
  readonly schema: string;
  readonly name: string;
}): string {
  return `${table.database}.${table.schema}.${table.name}`;
}

/** Of these tables, and of no other. */
function expectRows(rows: Readonly<Record<string, number>> = {}, tables: readonly string[]): void {
  expect(Object.keys(rows).sort()).toEqual([...tables].sort());
  expect(Object.entries(rows).filter(([, count]) => count <= 0)).toEqual([]);
}

function expectQuantiles({ p50, p95, p99 }: Quantiles = { p50: 0, p95: 0, p99: 0 }): void {
  expect(p50).toBeGreaterThan(0);
  expect(p95).toBeGreaterThanOrEqual(p50);
  expect(p99).toBeGreaterThanOrEqual(p95);
}
