import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ordersEventsV1 } from '@contracts/brook-commerce';
import {
  createEventGenerator,
  freePort,
  makeKeys,
  queryLake,
  startCollector,
  startLocalSnowpipe,
  until,
  type ManagedProcess,
} from '@das/testing';

const APP = 'orders-events-collector';

describe('a collector, as a process', () => {
  let dir: string;
  let journal: string;
  let lake: string;
  let running: ManagedProcess[];

  const endpoint = async (port?: number): Promise<string> => {
    const { process, url } = await startLocalSnowpipe({
      lake,
      logFile: join(dir, 'endpoint.log'),
      ...(port !== undefined && { port }),
    });
    // It is stopped last, for collectors to drain.
    running.unshift(process);
    return url;
  };
  const collector = async (snowpipe: string, env: Readonly<Record<string, string>> = {}) => {
    const started = await startCollector({
      app: APP,
      source: { kind: 'journal', dir: journal },
      endpoint: snowpipe,
      keys: makeKeys(join(dir, 'keys')),
      logFile: join(dir, 'collector.log'),
      env: { DAS_SETUP_RETRY_SECONDS: '0.2', ...env },
    });
    running.push(started.process);
    return started;
  };
  const log = (): string => readFileSync(join(dir, 'collector.log'), 'utf8');

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'das-collector-'));
    journal = join(dir, 'journal');
    lake = join(dir, 'lake');
    mkdirSync(join(journal, ordersEventsV1.source.topic), { recursive: true });
    running = [];
  });
  afterEach(async () => {
    for (const process of running.reverse()) await process.stop();
    rmSync(dir, { recursive: true });
  });

  /** Appends events to partition 0, then one that is not JSON, and a tombstone. */
  const produce = (events: number): void => {
    const next = createEventGenerator({ stream: 'orders', seed: 1, partitions: 1, now: Date.now });
    const lines = Array.from({ length: events }, () => next().value?.toString());
    const file = join(journal, ordersEventsV1.source.topic, '0.ndjson');
    appendFileSync(file, [...lines, 'not json', '', ''].join('\n'));
  };

  it('says what it did in its metrics, and drains on SIGTERM', async () => {
    produce(500);
    const { process, url } = await collector(await endpoint(), { SNOWFLAKE_ROLE: 'ANY' });
    await process.answers(`${url}/health/ready`);
    expect(log()).toContain('SNOWFLAKE_ROLE has no effect');
    // Nobody administers it who has no token to show.
    expect((await fetch(`${url}/admin/fuse`)).status).toBe(404);
    const metric = async (name: string): Promise<number | undefined> =>
      (await read(`${url}/metrics`)).get(name);
    await until('all is committed', async () => (await metric('das_rows_committed_total')) === 501);
    const metrics = await read(`${url}/metrics`);
    expect(Object.fromEntries(metrics)).toMatchObject({
      'das_records_total outcome=landed': 500,
      'das_records_total outcome=dead reason=not_json': 1,
      'das_records_total outcome=dropped reason=tombstone': 1,
      das_rows_committed_total: 501,
      das_rebalances_total: 1,
      das_in_flight_bytes: 0,
      das_rows_rejected_total: 0,
      das_ready: 1,
      das_partition_ready: 1,
    });
    for (const name of [
      'das_commit_latency_seconds_count',
      'das_snowpipe_bytes_sent_total operation=append',
    ]) {
      expect(metrics.get(name)).toBeGreaterThan(0);
    }

    // The last of these are not committed when it is told to go.
    produce(300);
    await until('read', async () => (await metric('das_records_total outcome=landed')) === 800);
    expect(await process.stop()).toBe(0);
    const [found] = await queryLake(
      lake,
      ordersEventsV1.table,
      'SELECT count(*)::INT AS rows, count(DISTINCT SOURCE_OFFSET)::INT AS positions FROM bronze',
    );
    expect(found).toEqual({ rows: 802, positions: 802 });
  });

  it('is up and not ready without its endpoint, says why, and recovers by itself', async () => {
    produce(10);
    const port = await freePort();
    const { process, url } = await collector(`http://127.0.0.1:${port}`);
    await process.answers(`${url}/health/live`);
    await until('it says why', async () => {
      const response = await fetch(`${url}/health/ready`);
      expect(response.status).toBe(503);
      return (await response.text()).includes('unreachable');
    });
    expect((await read(`${url}/metrics`)).get('das_ready')).toBe(0);
    await endpoint(port);
    await process.answers(`${url}/health/ready`);
    expect((await read(`${url}/metrics`)).get('das_ready')).toBe(1);
    expect(process.exit).toBeUndefined();
  });

  it.each([
    ['a wrong setting', { PORT: 'a-secret' }, 'PORT'],
    ['a missing one', { PHI_KEY_FILE: '' }, 'PHI_KEY_FILE'],
    ['brokers that are none', { DAS_SOURCE: 'kafka', KAFKA_BROKERS: 'a-secret' }, 'KAFKA_BROKERS'],
    ['an account in clear', { SNOWFLAKE_ACCOUNT_URL: 'http://a-secret.example' }, 'SNOWFLAKE_ACCOUNT_URL'],
  ])('ends with 78 and one line for %s', async (_what, env, setting) => {
    const { process } = await collector('http://127.0.0.1:1', env);
    expect(await process.whenEnded()).toBe(78);
    const lines = log().trim().split('\n');
    expect(lines).toHaveLength(1);
    const said = JSON.parse(lines[0]!) as { msg: string; cure?: string };
    expect(`${said.msg} ${said.cure}`).toContain(setting);
    expect(log()).not.toContain('a-secret');
  });

  it('ends with 78 where it cannot listen, before it reads anything', async () => {
    produce(10);
    const { process } = await collector(await endpoint(), { HOST: '192.0.2.1' });
    expect(await process.whenEnded()).toBe(78);
    expect(log()).toContain('the address named by HOST and PORT cannot be listened on');
    expect(log()).not.toContain('partition running');
    expect(log()).not.toMatch(/ {4}at /);
  });
});

/** Values by name and labels, the collector's own label and partitions left out. */
async function read(url: string): Promise<Map<string, number>> {
  const text = await (await fetch(url)).text();
  const values = new Map<string, number>();
  for (const line of text.split('\n')) {
    const [, name, labels = '', value] = /^(das_\w+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
    if (name === undefined) continue;
    const kept = [...labels.matchAll(/(outcome|reason|operation)="([^"]+)"/g)].map(
      ([, key, is]) => `${key}=${is}`,
    );
    values.set([name, ...kept.sort()].join(' '), Number(value));
  }
  return values;
}
