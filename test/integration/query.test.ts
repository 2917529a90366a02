import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { publishSnapshot, runDas, until } from '@das/testing';

const MAIN = join(__dirname, '..', '..', 'dist/apps/das-cli/main.js');
/** Of a processor: longer than any start takes, so that it is in the query. */
const BUSY_SECONDS = 4;
/** Far less than a query may take, and room for a slow machine. */
const BOUND_MS = 30_000;
const ORDERS = '"BROOK_COMMERCE"."GOLD"."ORDERS"';

describe('das query, over a published snapshot', () => {
  let dir: string;
  let env: Readonly<Record<string, string>>;

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'das-query-'));
    const refined = join(dir, 'refined');
    await publishSnapshot(refined, 'build-1', ['BROOK_COMMERCE'], async (db) => {
      await db.run('CREATE SCHEMA "BROOK_COMMERCE"."GOLD"');
      await db.run(
        `CREATE TABLE ${ORDERS} ("ORDER_ID" VARCHAR, "STATE" VARCHAR, "TOTAL_USD" DECIMAL(12,2), "CREATED_AT" TIMESTAMPTZ)`,
      );
      await db.run(
        `INSERT INTO ${ORDERS} VALUES ('o-1', 'paid', 12.30, '2026-01-02T03:04:05.678Z'), ('o-2', NULL, 1000, NULL)`,
      );
    });
    env = { DAS_REFINED: refined, DAS_LAKE: '', SNOWFLAKE_ACCOUNT_URL: '' };
  });
  afterAll(() => {
    rmSync(dir, { recursive: true });
  });
  const das = async (...args: readonly string[]) => runDas(['query', ...args], env);

  it('shows a table, and counts the rows for whoever watches', async () => {
    expect(await das(`SELECT * FROM ${ORDERS} ORDER BY "ORDER_ID"`)).toEqual({
      code: 0,
      stdout: [
        'ORDER_ID  STATE  TOTAL_USD  CREATED_AT',
        '--------  -----  ---------  ------------------------',
        'o-1       paid        12.3  2026-01-02T03:04:05.678Z',
        'o-2       null        1000  null',
        '',
      ].join('\n'),
      stderr: '2 rows\n',
    });
  });

  it('prints JSON and nothing else, also for no rows', async () => {
    const some = await das(`SELECT "ORDER_ID", "TOTAL_USD" FROM ${ORDERS} ORDER BY 1`, '--json');
    expect([JSON.parse(some.stdout), some.stderr, some.code]).toEqual([
      [
        { ORDER_ID: 'o-1', TOTAL_USD: 12.3 },
        { ORDER_ID: 'o-2', TOTAL_USD: 1000 },
      ],
      '',
      0,
    ]);
    const none = await das(`SELECT * FROM ${ORDERS} WHERE "STATE" = 'x'`, '--json');
    expect(none).toEqual({ code: 0, stdout: '[]\n', stderr: '' });
  });

  it('prints CSV with its header, also for no rows', async () => {
    expect(await das(`SELECT "ORDER_ID", "STATE" FROM ${ORDERS} ORDER BY 1`, '--csv')).toEqual({
      code: 0,
      stdout: 'ORDER_ID,STATE\r\no-1,paid\r\no-2,\r\n',
      stderr: '',
    });
    expect((await das(`SELECT * FROM ${ORDERS} WHERE false`, '--csv')).stdout).toBe(
      'ORDER_ID,STATE,TOTAL_USD,CREATED_AT\r\n',
    );
  });

  it('stops at --limit, and says that there is more', async () => {
    const run = await das(`SELECT "ORDER_ID" FROM ${ORDERS} ORDER BY 1`, '--json', '--limit', '1');
    expect([JSON.parse(run.stdout), run.stderr]).toEqual([
      [{ ORDER_ID: 'o-1' }],
      'there are more than 1 rows: raise --limit\n',
    ]);
    expect((await das(`SELECT 1 AS "A"`, '--limit', '1')).stderr).toBe('1 row\n');
  });

  it('reads the SQL from standard input', async () => {
    const run = start(['-', '--csv']);
    run.stdin.end(`SELECT COUNT(*) AS "N"\nFROM ${ORDERS};\n`);
    expect(await ended(run)).toMatchObject({ code: 0, stdout: 'N\r\n2\r\n' });
  });

  it.each([
    [`SELECT "STAT" FROM ${ORDERS}`, 2, /^das: line 1, column 8: there is no column STAT; there is STATE\n$/],
    [`SELECT FROM WHERE`, 2, /^das: line 1, column \d+: .*syntax error/i],
    [`DROP TABLE ${ORDERS}`, 2, /^das: only one SELECT is read/],
    [`SELECT * FROM read_csv('/etc/passwd')`, 2, /^das: line 1, column 15: read_csv is not read from/],
    [`SELECT CAST("STATE" AS INTEGER) FROM ${ORDERS}`, 2, /^das: (?!.*paid).*a value does not have the type/],
    [
      `SELECT * FROM "BROOK_COMMERCE"."GOLD"."ORDRES"`,
      78,
      /^das: table_missing: .*"ORDRES"; there is .*"ORDERS"/,
    ],
    ['', 2, /^das: there is no SQL to ask\n$/],
  ])('says in one line what is wrong with %s', async (sql, code, told) => {
    const run = await das(sql, '--json');
    expect([run.code, run.stdout]).toEqual([code, '']);
    expect(run.stderr).toMatch(told);
    expect(run.stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  it('refuses two columns of one name as JSON alone', async () => {
    expect((await das('SELECT 1 AS "A", 2 AS "A"', '--csv')).stdout).toBe('A,A\r\n1,2\r\n');
    expect(await das('SELECT 1 AS "A", 2 AS "A"', '--json')).toMatchObject({ code: 2, stdout: '' });
    expect(await das('SELECT 1', '--json', '--csv')).toMatchObject({ code: 2, stdout: '' });
  });

  it('streams a large result as fast as it is taken, in bounded memory', async () => {
    const sql = `SELECT range AS "N", repeat('x', 400) AS "X" FROM range(1000000)`;
    const run = start([sql, '--json']);
    await sleep(3_000);
    // Nobody reads yet: what waits is a few parts, not 400 MB.
    expect(rssMb(run.pid)).toBeLessThan(400);
    let bytes = 0;
    let [parts, most] = [0, 0];
    run.stdout.on('data', (part: Buffer) => {
      bytes += part.length;
      if (++parts % 250 === 0) most = Math.max(most, rssMb(run.pid));
    });
    const { code } = await ended(run, false);
    expect(code).toBe(0);
    expect(bytes).toBeGreaterThan(400_000_000);
    expect(most).toBeLessThan(400);
  });

  it('ends on Ctrl-C at once, with 130', async () => {
    const sql =
      'SELECT COUNT(*) AS "N" FROM range(10000000) a, range(10000000) b WHERE a.range * 3 + b.range = 7 AND a.range <> b.range';
    const run = start([sql]);
    await until('it works on it', () => cpuSeconds(run.pid) >= BUSY_SECONDS, BOUND_MS);
    const startedMs = Date.now();
    run.kill('SIGINT');
    expect(await ended(run)).toMatchObject({ code: 130, stdout: '', stderr: 'das: interrupted\n' });
    expect(Date.now() - startedMs).toBeLessThan(BOUND_MS);
  });

  it('ends on Ctrl-C also while nobody reads what it prints, and while it waits for SQL', async () => {
    const pouring = start([`SELECT repeat('x', 400) AS "X" FROM range(1000000)`, '--csv']);
    const waiting = start(['-']);
    const codes = [pouring, waiting].map(async (run) => new Promise((resolve) => run.once('exit', resolve)));
    // What is there is seen, and what comes after it is not taken.
    await new Promise((resolve) => pouring.stdout.once('readable', resolve));
    // More than fits between the two: it is read.
    await new Promise((resolve) => waiting.stdin.write('-- nothing yet\n'.repeat(100_000), resolve));
    const startedMs = Date.now();
    pouring.kill('SIGINT');
    waiting.kill('SIGINT');
    expect(await Promise.all(codes)).toEqual([130, 130]);
    expect(Date.now() - startedMs).toBeLessThan(BOUND_MS);
  });

  it('names what makes the tables where no snapshot was published', async () => {
    const empty = join(dir, 'empty');
    mkdirSync(empty);
    const run = await runDas(['query', `SELECT * FROM ${ORDERS}`], { ...env, DAS_REFINED: empty });
    expect(run).toMatchObject({ code: 78, stdout: '' });
    expect(run.stderr).toMatch(/no snapshot was published yet.*das transform/);
  });

  it('reads what a demo left where nothing is configured, and says so', async () => {
    const home = join(dir, 'home');
    mkdirSync(join(home, '.das', 'demo', 'lake'), { recursive: true });
    await publishSnapshot(join(home, '.das', 'demo', 'refined'), '1', ['SHOP'], async (db) => {
      await db.run('CREATE SCHEMA "SHOP"."GOLD"');
      await db.run('CREATE TABLE "SHOP"."GOLD"."T" AS SELECT 7 AS "N"');
    });
    const run = start(['SELECT * FROM "SHOP"."GOLD"."T"', '--json'], { DAS_REFINED: '', cwd: home });
    expect(await ended(run)).toMatchObject({
      code: 0,
      stdout: '[\n{"N":7}\n]\n',
      stderr: expect.stringMatching(/^no target is configured: .*demo/) as string,
    });
  });

  function start(
    args: readonly string[],
    { cwd, ...more }: { readonly cwd?: string; readonly DAS_REFINED?: string } = {},
  ) {
    return spawn(process.execPath, [MAIN, 'query', ...args], {
      env: { ...process.env, ...env, ...more },
      ...(cwd !== undefined && { cwd }),
    });
  }
});

async function ended(run: ReturnType<typeof spawn>, keep = true) {
  let [stdout, stderr] = ['', ''];
  if (keep) run.stdout?.on('data', (part: Buffer) => (stdout += part.toString()));
  run.stderr?.on('data', (part: Buffer) => (stderr += part.toString()));
  const code = await new Promise<number | null>((resolve) => run.once('close', resolve));
  return { code, stdout, stderr };
}

function rssMb(pid: number | undefined): number {
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024;
}

/** Processor time so far. */
function cpuSeconds(pid: number | undefined): number {
  const time = execFileSync('ps', ['-o', 'time=', '-p', String(pid)], { encoding: 'utf8' });
  return time.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
}
