import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ordersEventsV1 } from '@contracts/brook-commerce';
import { createKafkaSource } from '@das/source-kafka';
import {
  connectProducer,
  createEventGenerator,
  kafkaRecords,
  makeKeys,
  recount,
  startCollector,
  startKafka,
  startLocalSnowpipe,
  until,
  type KafkaBroker,
  type ManagedProcess,
} from '@das/testing';
import { askLake } from './ask-lake';
import { inProcess } from './in-process';

const APP = 'orders-events-collector';
const CLI = join(__dirname, '../../dist/apps/das-cli/main.js');
const TOKEN = 'a-token-made-for-one-test';
const { fuseRunLength } = ordersEventsV1.deadLetters;
const BAD = 50_000;
const GOOD = 200;

describe('a producer that is ahead of the deployment', () => {
  const dir = mkdtempSync(join(tmpdir(), 'das-fuse-'));
  const lake = join(dir, 'lake');
  const topic = ordersEventsV1.source.topic;
  const next = createEventGenerator({ stream: 'orders', seed: 1, partitions: 1, now: Date.now });
  let broker: KafkaBroker;
  let snowpipe: { process: ManagedProcess; url: string };
  let collector: { process: ManagedProcess; url: string };
  let keys: ReturnType<typeof makeKeys>;

  beforeAll(async () => {
    broker = await startKafka({ dir: join(dir, 'kafka') });
    await broker.createTopic(topic, 2);
    snowpipe = await startLocalSnowpipe({ lake, logFile: join(dir, 'endpoint.log') });
    keys = makeKeys(join(dir, 'keys'));
    collector = await startCollector({
      app: APP,
      source: { kind: 'kafka', brokers: broker.brokers },
      endpoint: snowpipe.url,
      keys,
      logFile: join(dir, 'collector.log'),
      env: { DAS_ADMIN_TOKEN: TOKEN },
    });
    await collector.process.answers(`${collector.url}/health/ready`);
  });
  afterAll(async () => {
    await collector.process.stop();
    await snowpipe.process.stop();
    await broker.stop();
    rmSync(dir, { recursive: true });
  });

  /** Events of the contract's present version, or of one that is not deployed yet. */
  const produce = async (partition: number, count: number, version = '1.0.0'): Promise<void> => {
    const producer = await connectProducer(broker.brokers);
    for (let sent = 0; sent < count; sent += 1_000) {
      const messages = Array.from({ length: Math.min(1_000, count - sent) }, () => {
        const { key, value } = next();
        return { key, partition, value: String(value).replace('"1.0.0"', `"${version}"`) };
      });
      await producer.send({ topic, messages });
    }
    await producer.disconnect();
  };
  const rows = async (where: string): Promise<number> => {
    const [found] = await askLake(
      lake,
      ordersEventsV1.table,
      `SELECT count(*)::INT AS rows FROM bronze WHERE ${where}`,
    );
    return Number(found?.rows ?? 0);
  };
  const metric = async (name: string, partition: string): Promise<number> => {
    const text = await (await fetch(`${collector.url}/metrics`)).text();
    const line = text.split('\n').find((one) => one.startsWith(`${name}{partition="${partition}"`));
    return Number(line?.split(' ').at(-1) ?? NaN);
  };
  const ask = async (path: string, init: RequestInit = {}): Promise<number> =>
    (await fetch(`${collector.url}${path}`, init)).status;
  const das = async (...args: readonly string[]): Promise<string> => {
    const env = { ...process.env, DAS_ADMIN_TOKEN: TOKEN };
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [CLI, 'fuse', ...args, '--url', collector.url],
      { env },
    );
    return stdout;
  };

  it('stops that partition after a run of dead letters; the others go on, and the lag tells', async () => {
    await produce(0, GOOD);
    await produce(0, BAD, '2.0.0');
    await produce(1, GOOD);
    await until('blown', async () => (await metric('das_fuse_blown', '0')) === 1);
    const response = await fetch(`${collector.url}/health/ready`);
    expect(response.status).toBe(503);
    expect(await response.text()).toMatch(
      /fuse_blown: reading of partition 0 stopped: 1000 of 1000 records in a row were refused: unknown_version 1000 \(.*das fuse reset/,
    );
    await produce(1, GOOD);
    await until(
      'the other partition goes on',
      async () => (await rows("SOURCE_PARTITION = '1'")) === 2 * GOOD,
    );
    await until(
      'what was settled is committed',
      async () => (await rows("OUTCOME = 'dead'")) === fuseRunLength,
    );
    await until(
      'the lag is measured',
      async () => (await metric('das_lag_records', '0')) === BAD - fuseRunLength,
    );
    expect(await metric('das_fuse_blown', '1')).toBe(0);
    expect(await metric('das_fuse_blown_total', '0')).toBe(1);
    expect(await metric('das_channel_reopenings_total', '0')).toBeNaN();
    expect(await rows("OUTCOME = 'dead'")).toBe(fuseRunLength);
  });

  it('is administered by the holder of the token alone', async () => {
    expect(await ask('/admin/fuse')).toBe(401);
    expect(await ask('/admin/fuse', { headers: { authorization: 'Bearer another-token-altogether' } })).toBe(
      401,
    );
    const post = (body: string) =>
      ask('/admin/fuse/reset', {
        method: 'POST',
        body,
        headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
      });
    expect(await ask('/admin/fuse/reset', { method: 'POST' })).toBe(401);
    expect(await post('{"partition":7}')).toBe(400);
    expect(await post('{"unknown":"0"}')).toBe(400);
    expect(await post('not json')).toBe(400);
    expect(await post(`{"partition":"${'0'.repeat(10_000)}"}`)).toBe(413);
    expect(await post('{"partition":"1"}')).toBe(200);
    expect(await metric('das_fuse_blown', '0')).toBe(1);
  });

  it('goes on with das fuse reset, as far as the next run', async () => {
    expect(JSON.parse(await das('status', '--json'))).toEqual([
      {
        url: collector.url,
        partition: '0',
        blown: true,
        reason: expect.stringContaining('fuse_blown') as string,
      },
      { url: collector.url, partition: '1', blown: false, reason: null },
    ]);
    expect(await das('reset', '--partition', '0')).toBe(`${collector.url} partition 0: reset\n`);
    await until('another run', async () => (await rows("OUTCOME = 'dead'")) === 2 * fuseRunLength);
    expect(await metric('das_fuse_blown_total', '0')).toBe(2);
    const log = readFileSync(join(dir, 'collector.log'), 'utf8');
    expect(log).toContain('"audit":"fuse_reset"');
    expect(log).toContain('"audit":"admin_refused"');
    expect(log).not.toContain(TOKEN);
  });

  it('ends with the right deployment: all of the rest lands, nothing is lost or doubled', async () => {
    expect(await collector.process.stop()).toBe(0);
    const { ingest, failures } = inProcess({
      declaration: {
        name: APP,
        version: '2.0.0',
        contracts: [{ ...ordersEventsV1, version: '2.0.0' }, ordersEventsV1],
      },
      source: createKafkaSource({ brokers: broker.brokers, topic, groupId: APP, clientId: APP }),
      endpoint: snowpipe.url,
      keys,
      claims: join(dir, 'claims'),
    });
    const expected = 3 * GOOD + BAD;
    let drained = false;
    try {
      await ingest.start();
      await until('all of it', async () => (await rows('true')) === expected, 40_000);
    } finally {
      drained = await ingest.stop(10_000);
    }
    expect(drained).toBe(true);
    expect(failures).toEqual([]);
    const found = await recount({
      lake,
      table: ordersEventsV1.table,
      records: kafkaRecords(broker.brokers, topic),
    });
    expect(found).toMatchObject({
      produced: expected,
      rows: expected,
      dead: { unknown_version: 2 * fuseRunLength },
      lost: 0,
      duplicated: 0,
      altered: 0,
      misordered: 0,
    });
  });
});
