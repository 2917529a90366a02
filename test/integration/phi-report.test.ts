import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { authEventsV1, ordersEventsV1 } from '@contracts/brook-commerce';
import type { StreamContract } from '@das/contracts';
import { createSnowpipeSink } from '@das/snowpipe';
import { makeKeys, runDas, startLocalSnowpipe, until, type ManagedProcess } from '@das/testing';

const DAY_MS = 86_400_000;
const dayOf = (daysAgo: number): string => new Date(Date.now() - daysAgo * DAY_MS).toISOString().slice(0, 10);

interface Found {
  readonly daysAgo: number;
  readonly tags?: readonly string[];
  readonly errors?: readonly { readonly path: string; readonly rule: string }[];
}

const ORDERS: readonly Found[] = [
  { daysAgo: 0, tags: ['customer.email', 'coupon#email'] },
  { daysAgo: 0, tags: ['customer.email', 'coupon#email', '*#ssn'] },
  { daysAgo: 0, tags: ['customer.email'] },
  { daysAgo: 1, tags: ['coupon#email'] },
  // Before what is asked for.
  { daysAgo: 9, tags: ['coupon#email'] },
];
const AUTH: readonly Found[] = [
  { daysAgo: 0, tags: ['ip', 'header:tracestate#email'] },
  // The same place twice in one record.
  {
    daysAgo: 1,
    errors: [
      { path: '/user_agent', rule: 'ssn' },
      { path: '/user_agent', rule: 'ssn' },
    ],
  },
  {
    daysAgo: 1,
    errors: [
      { path: '/user_agent', rule: 'ssn' },
      { path: '/*', rule: 'phone' },
    ],
  },
];

describe('das phi report, on a lake', () => {
  let dir: string;
  let endpoint: ManagedProcess;
  let env: Readonly<Record<string, string>>;

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'das-phi-report-'));
    const lake = join(dir, 'lake');
    const { process, url } = await startLocalSnowpipe({ lake, logFile: join(dir, 'endpoint.log') });
    endpoint = process;
    env = { DAS_LAKE: lake };
    await write(ordersEventsV1, ORDERS, url, dir);
    await write(authEventsV1, AUTH, url, dir);
  });
  afterAll(async () => {
    await endpoint.stop();
    rmSync(dir, { recursive: true });
  });

  it('counts what was found, by day, kind and place', async () => {
    const { code, stdout, stderr } = await runDas(['phi', 'report', '--days', '3', '--json'], env);
    expect(code).toBe(0);
    expect(stderr).toContain('reading the hits of orders_events_v1');
    const { streams } = JSON.parse(stdout) as { streams: { stream: string; hits: object[] }[] };
    const hit = streams.filter(({ hits }) => hits.length > 0);
    expect(hit.map(({ stream, hits }) => [stream, hits])).toEqual([
      [
        'auth_events_v1',
        [
          { day: dayOf(1), outcome: 'dead', kind: 'ssn', path: '/user_agent', records: 2 },
          { day: dayOf(1), outcome: 'dead', kind: 'phone', path: '/*', records: 1 },
          { day: dayOf(0), outcome: 'landed', kind: 'email', path: 'header:tracestate', records: 1 },
        ],
      ],
      [
        'orders_events_v1',
        [
          { day: dayOf(1), outcome: 'landed', kind: 'email', path: 'coupon', records: 1 },
          { day: dayOf(0), outcome: 'landed', kind: 'email', path: 'coupon', records: 2 },
          { day: dayOf(0), outcome: 'landed', kind: 'ssn', path: '*', records: 1 },
        ],
      ],
    ]);
  });

  it('is a text, and a page', async () => {
    const text = await runDas(['phi', 'report', '--stream', 'orders_events_v1', '--days', '30'], env);
    expect(text.stdout).toMatch(new RegExp(`${dayOf(9)} +1 +email +coupon +landed, tagged`));
    const file = join(dir, 'phi.html');
    expect(await runDas(['phi', 'report', '--html', file], env)).toMatchObject({ code: 0, stdout: '' });
    expect(readFileSync(file, 'utf8')).toContain('header:tracestate');
  });

  it('ends with 78 and a cure where the lake is not there', async () => {
    const run = await runDas(['phi', 'report'], { DAS_LAKE: join(dir, 'nowhere') });
    expect(run).toMatchObject({ code: 78, stdout: '' });
    expect(run.stderr).toMatch(/das: lake_missing: .*DAS_LAKE/);
  });
});

/** Rows as a collector makes them, of which the report reads a few columns. */
async function write(
  contract: StreamContract,
  found: readonly Found[],
  url: string,
  dir: string,
): Promise<void> {
  const { table } = contract;
  const sink = createSnowpipeSink({
    accountUrl: url,
    account: 'LOCAL',
    user: 'COLLECTOR',
    privateKeyPem: readFileSync(makeKeys(join(dir, 'keys')).privateKeyPath, 'utf8'),
    database: table.database,
    schema: table.schema,
    pipe: `${table.name}-STREAMING`,
  });
  let committed: string | undefined;
  const channel = await sink.open(`test__${contract.stream}__1__0`, {
    status: (status) => {
      committed = status.committedToken;
    },
    failed: () => undefined,
  });
  const rows = found.map(({ daysAgo, tags, errors }, index) => ({
    OUTCOME: errors === undefined ? 'landed' : 'dead',
    CLASSIFICATION: contract.classification,
    SOURCE: 'test',
    SOURCE_EPOCH: 1,
    SOURCE_PARTITION: '0',
    SOURCE_OFFSET: String(index),
    RECORD_HASH: 'hash',
    INGESTED_AT: new Date(Date.now() - daysAgo * DAY_MS).toISOString(),
    COLLECTOR: 'test',
    CONTRACT_VERSION: contract.version,
    PHI_TAGS: tags,
    ...(errors && { DEAD_REASON: 'undeclared_phi', DEAD_ERRORS: errors }),
  }));
  const text = rows.map((row) => `${JSON.stringify(row)}\n`).join('');
  await channel.append({
    rows: Buffer.from(text),
    rowCount: rows.length,
    startToken: '1~0a',
    endToken: '2~0a',
  });
  await until('the rows are committed', () => committed === '2~0a');
  channel.close();
  await sink.stop();
}
