import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ManagedProcess, runDas, until } from '@das/testing';
import { allDomains, chooseDomains } from '../../../scripts/demo/domains';

const EVENTS = 4_000;
const BOUND_MS = 300_000;
const DOMAINS = chooseDomains(allDomains(), undefined);

interface Quantiles {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

interface Counts {
  readonly produced: number;
  readonly lost: number;
  readonly duplicated: number;
  readonly altered: number;
  readonly misordered: number;
}

type Rows = Readonly<Record<string, number>>;

/** What others read of the demo's JSON. */
interface Result extends Counts {
  readonly bronze: Rows;
  readonly silver?: Rows;
  readonly gold?: Rows;
  readonly tests?: { readonly passed: number; readonly failed: number };
  readonly latencySeconds: { readonly bronze: Quantiles; readonly gold?: Quantiles };
  readonly domains: Readonly<
    Record<string, { readonly streams: Readonly<Record<string, Counts & { readonly source: string }>> }>
  >;
}

const CLEAN = { lost: 0, duplicated: 0, altered: 0, misordered: 0 };

/** The first thing that anybody tries. */
describe('npm run demo', () => {
  const dir = mkdtempSync(join(tmpdir(), 'das-demo-'));
  const started: ManagedProcess[] = [];
  afterAll(async () => {
    // One that a failed test left.
    for (const process of started) if (process.exit === undefined) await process.stop();
    rmSync(dir, { recursive: true });
  });

  const stateOf = (name: string): string => join(dir, name, 'state');

  function start(
    name: string,
    args: readonly string[],
    env: Readonly<Record<string, string>> = {},
  ): ManagedProcess {
    const das = join(__dirname, '../../../scripts/das.mjs');
    const process = ManagedProcess.start({
      name: 'demo',
      command: globalThis.process.execPath,
      args: [das, 'demo', '--dir', stateOf(name), ...args],
      env,
      logFile: join(dir, `${name}.log`),
    });
    started.push(process);
    return process;
  }

  /** Runs it to its end, after which none of its processes is left. */
  async function demo(name: string, ...args: readonly string[]): Promise<Result> {
    const json = join(dir, name, 'result.json');
    const process = start(name, ['--once', '--json', json, ...args]);
    const known = new Set<number>();
    const looking = setInterval(() => {
      for (const pid of descendantsOf(process.pid ?? 0)) known.add(pid);
    }, 2_000);
    const exit = await process.whenEnded();
    clearInterval(looking);
    expect([exit, exit === 0 ? '' : process.tail(40)]).toEqual([0, '']);
    await until('none of its processes is left', () => ![...known].some(isAlive), 10_000);
    return JSON.parse(readFileSync(json, 'utf8')) as Result;
  }

  it(
    'brings every event of every domain into BRONZE, SILVER and GOLD exactly once, and leaves what das query reads',
    async () => {
      const result = await demo('whole', '--events', String(EVENTS), '--rate', '2000');
      expect(result).toMatchObject(CLEAN);
      expect(result.produced).toBeGreaterThanOrEqual(EVENTS);
      expectRows(result.bronze, bronzeTables());
      expectRows(result.silver, silverTables());
      expectRows(result.gold, goldTables());
      expect(result.tests?.failed).toBe(0);
      expect(result.tests?.passed).toBeGreaterThan(0);
      expectQuantiles(result.latencySeconds.bronze);
      expectQuantiles(result.latencySeconds.gold);
      for (const { name, streams } of DOMAINS)
        for (const { contract } of streams) {
          const { kind } = contract.source;
          const found = result.domains[name]?.streams[contract.stream];
          expect(found).toMatchObject({ ...CLEAN, source: kind === 'kafka' ? 'journal' : kind });
          expect(found?.produced).toBeGreaterThan(EVENTS / 100);
        }

      const asked = await runDas(
        ['query', 'SELECT "ORDER_ID" FROM "BROOK_COMMERCE"."GOLD"."ORDERS"', '--json'],
        {
          DAS_LAKE: join(stateOf('whole'), 'lake'),
          DAS_REFINED: join(stateOf('whole'), 'refined'),
        },
      );
      expect([asked.code, asked.stderr]).toEqual([0, '']);
      expect(JSON.parse(asked.stdout)).toHaveLength(result.gold?.['BROOK_COMMERCE.GOLD.ORDERS'] ?? 0);
    },
    BOUND_MS,
  );

  it(
    'makes BRONZE alone, without Python, of the domain that is named, and stays up until Ctrl-C',
    async () => {
      const process = start('stays', ['--bronze-only', '--events', '500', '--domains', 'health'], {
        PATH: pathWithoutPython(),
      });
      const isUp = (): boolean => process.exit !== undefined || process.tail().includes('Ctrl-C stops');
      await until('it goes on', isUp, 120_000);
      const said = process.tail(Infinity);
      expect(said).toContain('Python 3.10 or newer is missing: journal files stand for Kinesis and S3\n');
      expect(said).toContain('\nEvery record is in BRONZE exactly once.\n');
      expect(said).not.toContain('GOLD');
      expect(existsSync(join(stateOf('stays'), 'refined'))).toBe(false);
      for (const { contract } of streamsOf('brook_health'))
        expect(said).toMatch(new RegExp(`^ +${contract.stream} +journal +[1-9]`, 'm'));

      const targets = join(stateOf('stays'), 'collectors.json');
      const asked = await runDas(['fleet', 'status', '--targets', targets, '--json'], {});
      expect([asked.code, asked.stderr]).toEqual([0, '']);
      const fleet = JSON.parse(asked.stdout) as readonly Readonly<Record<'collector' | 'state', string>>[];
      expect(fleet.map(({ collector, state }) => [collector, state])).toEqual(
        streamsOf('brook_health').map(({ app }) => [app, 'ready']),
      );

      const left = descendantsOf(process.pid ?? 0);
      // The demo, the endpoint and the collectors.
      expect(left.length).toBeGreaterThanOrEqual(fleet.length + 2);
      // As a terminal does it: to the whole group.
      globalThis.process.kill(-(process.pid ?? 0), 'SIGINT');
      expect(await process.whenEnded()).toBe(0);
      expect(left.filter(isAlive)).toEqual([]);
    },
    BOUND_MS,
  );

  it('names the domains that there are to who asks for another one', async () => {
    const process = start('unknown', ['--domains', 'commerce,space', '--bronze-only', '--journal']);
    expect(await process.whenEnded()).toBe(2);
    expect(process.tail(1)).toMatch(/^there is no domain space: .*commerce,health/);
    expect(existsSync(stateOf('unknown'))).toBe(false);
  });

  /** A folder of programs that has Node and no Python. */
  function pathWithoutPython(): string {
    const folder = join(dir, 'programs');
    mkdirSync(folder);
    symlinkSync(globalThis.process.execPath, join(folder, 'node'));
    return folder;
  }
});

function streamsOf(domain?: string) {
  return DOMAINS.filter(({ name }) => domain === undefined || name === domain).flatMap(
    ({ streams }) => streams,
  );
}

function bronzeTables(domain?: string): readonly string[] {
  return streamsOf(domain).map(({ contract }) => nameOf(contract.table));
}

function silverTables(): readonly string[] {
  return streamsOf().map(({ contract: { table } }) => {
    const silver = { ...table, schema: 'SILVER', name: table.name.replace(/_V\d+$/, '') };
    return nameOf(silver);
  });
}

/** As the models are, which a product's contract lists, its internal ones included. */
function goldTables(): readonly string[] {
  return DOMAINS.flatMap(({ name }) =>
    readdirSync(join(__dirname, '../../../dbt/models', name, 'gold'))
      .filter((file) => file.endsWith('.sql'))
      .map((file) => `${name.toUpperCase()}.GOLD.${file.slice(0, -'.sql'.length).toUpperCase()}`),
  );
}

function nameOf(table: {
  readonly database: string;
  readonly schema: string;
  readonly name: string;
}): string {
  return `${table.database}.${table.schema}.${table.name}`;
}

/** Of these tables, and of no other. */
function expectRows(rows: Rows = {}, tables: readonly string[]): void {
  expect(Object.keys(rows).sort()).toEqual([...tables].sort());
  expect(Object.entries(rows).filter(([, count]) => count <= 0)).toEqual([]);
}

function expectQuantiles({ p50, p95, p99 }: Quantiles = { p50: 0, p95: 0, p99: 0 }): void {
  expect(p50).toBeGreaterThan(0);
  expect(p95).toBeGreaterThanOrEqual(p50);
  expect(p99).toBeGreaterThanOrEqual(p95);
}

/** Processes that a process started, and those that these started. */
function descendantsOf(root: number): readonly number[] {
  const pairs = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  const below = (parent: number): readonly number[] =>
    pairs.flatMap(([pid = 0, from]) => (from === parent ? [pid, ...below(pid)] : []));
  return below(root);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
