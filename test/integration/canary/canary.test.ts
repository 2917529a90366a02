import { join } from 'node:path';
import { authEventsV1, ordersEventsV1 } from '@contracts/brook-commerce';
import { until, visitsEventsV1 } from '@das/testing';
import { ADMIN_TOKEN, CanaryWorld, SOURCES, STREAMS } from './canary-world';
import { filesOf, leaksOfFiles, leaksOfRow } from './leaks';
import { markedEvent } from './marked-event';
import { markedRecords, type MarkedRecord } from './marked-records';
import { idsIn, MarkBook } from './marks';

/** What is generalised: too short for a mark, and unlike anything else. */
const LITERALS = { date_of_birth: '1931-07-19', device_ip: '198.51.100.197', postal_code: '99737-4512' };
const CRASHES = ['throws', 'names-itself', 'uncaught', 'rejects', 'rejects-without-error', 'emits'];

/** The whole system runs on records full of marks; then everything that it left is searched for them. */
describe('the canary', () => {
  const book = new MarkBook();
  let world: CanaryWorld;

  beforeAll(async () => {
    world = await CanaryWorld.start();
    for (const contract of STREAMS) await world.produce(contract, markedRecords(contract, book));
    await world.produce(visitsEventsV1, [plain(withLiterals())]);
    await withFaultsAndKills(world);
    await withoutAKey(world);
    await withBugs(world, plain(markedEvent(visitsEventsV1, book.refused('a bug'))));
    await askedEverything(world, book);
    await world.stop();
  });
  afterAll(async () => {
    await world.stop();
    world.remove();
  });

  const withLiterals = () => {
    const event = markedEvent(visitsEventsV1, book);
    const { patient } = event as { patient: { date_of_birth: string; address: { postal_code: string } } };
    patient.date_of_birth = LITERALS.date_of_birth;
    patient.address.postal_code = LITERALS.postal_code;
    return { ...event, device_ip: LITERALS.device_ip };
  };

  it('refused a record for every reason', async () => {
    const rows = (await Promise.all(STREAMS.map((contract) => world.rows(contract)))).flat();
    const reasons = new Set(rows.map(({ DEAD_REASON }) => DEAD_REASON).filter((reason) => reason !== null));
    expect([...reasons].sort()).toEqual([
      'duplicate_key',
      'not_an_object',
      'not_json',
      'not_utf8',
      'schema_violation',
      'too_deep',
      'too_large',
      'too_late',
      'undeclared_phi',
      'unknown_field',
      'unknown_version',
    ]);
  });

  it.each(STREAMS.map((contract) => [contract.stream, contract] as const))(
    'landed what may land of %s',
    async (_, contract) => {
      const rows = await world.rows(contract);
      const found = new Set(idsIn(JSON.stringify(rows)));
      const declared = contract.properties
        .map(({ path }) => path.join('.').replaceAll('.[]', '[]'))
        .map((path) =>
          book.all().filter((mark) => mark.path === path && mark.place === `${contract.stream} ${path}`),
        )
        .filter((marks) => marks.length > 0);
      expect(declared.length).toBeGreaterThan(2);
      for (const marks of declared) expect(marks.some(({ id }) => found.has(id))).toBe(true);
    },
  );

  it.each(STREAMS.map((contract) => [contract.stream, contract] as const))(
    'landed nothing else of %s',
    async (_, contract) => {
      const rows = await world.rows(contract);
      expect([...new Set(rows.flatMap((row) => leaksOfRow(row, book)))]).toEqual([]);
    },
  );

  it('landed of what is generalised only that', async () => {
    const text = JSON.stringify(await world.rows(visitsEventsV1));
    expect(Object.values(LITERALS).filter((literal) => text.includes(literal))).toEqual([]);
    expect(text).toContain('198.51.100.0/24');
  });

  it('met every trouble', () => {
    expect(world.log('orders-events-collector')).not.toContain('Debugger listening');
    for (const crash of CRASHES) expect(world.log(crash)).toMatch(/an unclassified \w+ was thrown/);
    expect(world.log('no-key')).toContain('key');
    expect(world.log('auth-events-collector')).toContain('answer_unreadable');
  });

  it('left no mark in a log, an answer or a file', async () => {
    const files = filesOf(world.dir, SOURCES);
    for (const pattern of [
      /^orders-events-collector\.log$/,
      /^answers\//,
      /\.parquet$/,
      /^claims\//,
      /^kafka\/.*log/,
    ])
      expect(files.filter((file) => pattern.test(file))).not.toEqual([]);
    expect(await leaksOfFiles(world.dir, SOURCES, (file) => world.rowsOf(file))).toEqual([]);
  });
});

function plain(event: object): MarkedRecord {
  return { key: null, value: Buffer.from(JSON.stringify(event)), headers: {} };
}

/** Both apps and the collector of the health contract, while the service misbehaves and processes are killed. */
async function withFaultsAndKills(world: CanaryWorld): Promise<void> {
  const faults = world.faults(ordersEventsV1);
  await faults.commit({ kind: 'refuse', on: 'append', status: 503, times: 2 });
  world.proxy.echo([503, 500, 400, 200]);
  const [orders, auth, visits] = await Promise.all([
    world.collect({ app: 'orders-events-collector' }),
    world.collect({ app: 'auth-events-collector', endpoint: world.proxy.url }),
    world.collect({}),
  ]);
  await orders.process.answers(`${orders.url}/health/live`);
  if (orders.process.pid !== undefined) process.kill(orders.process.pid, 'SIGUSR1');
  await orders.process.kill9();
  for (const fault of ['stale-sequencer', 'invalidate-channel', 'expire-tokens'])
    await faults.commit({ kind: fault });
  await faults.commit({ kind: 'drop-response', on: 'append' });
  await Promise.all([world.collect({ app: 'orders-events-collector' }), auth.process.whenEnded()]);
  await world.landed(ordersEventsV1);
  await world.restartEndpoint();
  await world.collect({ app: 'auth-events-collector' });
  await Promise.all([authEventsV1, visitsEventsV1].map((contract) => world.landed(contract)));
  await visits.process.answers(`${visits.url}/health/ready`);
}

async function withoutAKey(world: CanaryWorld): Promise<void> {
  const PHI_KEY_FILE = world.keysWithout(`token:${visitsEventsV1.domain}`);
  const { process, url } = await world.collect({
    name: 'no-key',
    env: { PHI_KEY_FILE, KAFKA_GROUP_ID: 'no-key' },
  });
  await until(
    'it says which',
    async () => (await world.ask(`${url}/health/ready`).catch(() => undefined))?.status === 503,
  );
  await process.stop();
}

async function withBugs(world: CanaryWorld, journal: MarkedRecord): Promise<void> {
  const ended = CRASHES.map(async (crash) => {
    const { process } = await world.collect({ name: crash, journal, env: { CANARY_CRASH: crash } });
    return process.whenEnded();
  });
  expect(await Promise.all(ended)).toEqual(CRASHES.map(() => 70));
}

/** Whoever can ask asks, rightly and wrongly. */
async function askedEverything(world: CanaryWorld, book: MarkBook): Promise<void> {
  const { url } = await world.collect({ app: 'orders-events-collector', env: { KAFKA_GROUP_ID: 'asked' } });
  const asked = (what: string): string => book.text(`what is asked: ${what}`);
  const authorization = `Bearer ${ADMIN_TOKEN}`;
  await until(
    'it is up',
    async () => (await fetch(`${url}/health/live`).catch(() => undefined))?.status === 200,
  );
  for (const path of ['/health/live', '/health/ready', '/metrics', '/admin/fuse'])
    await world.ask(`${url}${path}`, { headers: { authorization } });
  await world.ask(`${url}/${asked('a path')}?q=${asked('a query')}`);
  await world.ask(`${url}/admin/fuse`, {
    headers: { authorization: `Bearer ${asked('a token')}`, [asked('a name')]: '1' },
  });
  for (const body of [
    `{"partition":"${asked('a partition')}"}`,
    `{"${asked('JSON')}`,
    `{"${asked('a field')}":1}`,
  ])
    await world.ask(`${url}/admin/fuse/reset`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body,
    });
  await world.ask(`${url}/admin/fuse/reset`, {
    method: 'POST',
    headers: { authorization, 'content-type': asked('a type') },
    body: 'x',
  });

  const { stdout } = await world.das('dlq', 'list', '--json', '--limit', '1000');
  const letters = JSON.parse(stdout) as readonly { readonly id: string; readonly reason: string }[];
  const byReason = new Map(letters.map((letter) => [letter.reason, letter.id]));
  await Promise.all([...byReason.values()].map((id) => world.das('dlq', 'show', id)));
  await Promise.all([
    world.das('dlq', 'list'),
    world.das('dlq', 'list', '--summary'),
    world.das('dlq', 'reasons', '--json'),
    world.das('phi', 'report'),
    world.das('phi', 'report', '--json'),
    world.das('phi', 'report', '--html', join(world.dir, 'answers', 'report.html')),
    world.das('dlq', 'replay', '--stream', ordersEventsV1.stream, '--json'),
  ]);
  const mark = asked('an argument');
  const wrong = [
    [mark],
    ['dlq', mark],
    ['dlq', 'list', `--${mark}`],
    ['dlq', 'list', '--since', mark],
    ['dlq', 'show', mark],
  ];
  await Promise.all(
    [
      ...wrong,
      ['dlq', 'list', '--stream', mark],
      ['dlq', 'list', mark],
      ['dlq', 'list', '--state', mark],
    ].map((args) => world.das(...args)),
  );
}
