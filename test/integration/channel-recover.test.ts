import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ordersEventsV1 } from '@contracts/brook-commerce';
import {
  collectorEnv,
  connectProducer,
  createEventGenerator,
  kafkaRecords,
  makeKeys,
  queryLake,
  recount,
  runDas,
  startCollector,
  startKafka,
  startLocalSnowpipe,
  until,
  type KafkaBroker,
  type ManagedProcess,
  type RunKeys,
} from '@das/testing';

const APP = 'orders-events-collector';
const { topic } = ordersEventsV1.source;
const { table } = ordersEventsV1;
const PARTITIONS = 3;

interface Result {
  readonly partition: string;
  readonly outcome: string;
  readonly code?: string;
  readonly verified?: boolean;
}

const hasRows = (folder: string): boolean =>
  existsSync(folder) &&
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).some((name) => /^\d.*\.parquet$/.test(name));

/** In this order: each test goes on with what the one before it left. */
describe('das channel recover', () => {
  let dir: string;
  let broker: KafkaBroker;
  let keys: RunKeys;
  let endpoint: { process: ManagedProcess; url: string };
  let env: Readonly<Record<string, string>>;
  let collector: { process: ManagedProcess; url: string } | undefined;
  const lake = (): string => join(dir, 'lake');
  const source = () => ({ kind: 'kafka' as const, brokers: broker.brokers });

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'das-recover-'));
    broker = await startKafka({ dir: join(dir, 'kafka') });
    await broker.createTopic(topic, PARTITIONS);
    keys = makeKeys(join(dir, 'keys'));
    const args = ['--faults', '--commit-ms', '50'];
    endpoint = await startLocalSnowpipe({ lake: lake(), logFile: join(dir, 'endpoint.log'), args });
    env = {
      ...collectorEnv({ source: source(), endpoint: endpoint.url, keys }),
      DAS_LAKE: lake(),
      KAFKA_SESSION_SECONDS: '3',
    };
  });
  afterAll(async () => {
    await collector?.process.stop();
    await endpoint.process.stop();
    await broker.stop();
    rmSync(dir, { recursive: true });
  });

  const start = async (): Promise<void> => {
    collector = await startCollector({
      app: APP,
      source: source(),
      endpoint: endpoint.url,
      keys,
      logFile: join(dir, 'collector.log'),
      env: { KAFKA_SESSION_SECONDS: '3', DAS_SETUP_RETRY_SECONDS: '0.5' },
    });
  };
  const stop = async (): Promise<void> => {
    await collector?.process.stop();
    collector = undefined;
  };
  const count = () => recount({ lake: lake(), table, records: kafkaRecords(broker.brokers, topic) });
  /** The last record of partition 0 is a tombstone, which leaves no row. */
  const produce = async (events: number, seed: number): Promise<void> => {
    const next = createEventGenerator({ stream: 'orders', seed, partitions: PARTITIONS, now: Date.now });
    const producer = await connectProducer(broker.brokers);
    const messages = Array.from({ length: events }, next);
    await producer.send({ topic, messages: [...messages, { key: 'k', value: null, partition: 0 }] });
    await producer.disconnect();
  };
  const collected = async (rows: number): Promise<void> => {
    await until(`${rows} rows`, async () => (await rowsOf()) >= rows);
  };
  const rowsOf = async (): Promise<number> => {
    // Of a table without files, DuckDB makes no view.
    if (!hasRows(join(lake(), table.database, table.schema, table.name))) return 0;
    const [row] = await queryLake(lake(), table, 'SELECT count(*)::INT AS n FROM bronze');
    return Number(row?.n);
  };
  const lose = async (channel?: string): Promise<void> => {
    const body = JSON.stringify({ kind: 'lose-channel', ...(channel !== undefined && { channel }) });
    expect((await fetch(`${endpoint.url}/faults`, { method: 'POST', body })).ok).toBe(true);
  };
  const recover = async (...args: readonly string[]) => {
    const run = await runDas(['channel', 'recover', '--collector', APP, '--json', ...args], env);
    return { ...run, results: (run.stdout === '' ? [] : JSON.parse(run.stdout)) as readonly Result[] };
  };
  const outcomes = (results: readonly Result[]) =>
    [...results]
      .sort((a, b) => Number(a.partition) - Number(b.partition))
      .map(({ outcome, code }) => code ?? outcome);

  it('reads on after every channel was lost, and loses and doubles nothing', async () => {
    await produce(300, 1);
    await start();
    await collected(300);
    await stop();
    await lose();
    await produce(300, 2);
    await start();
    await until('channel_lost', () =>
      readFileSync(join(dir, 'collector.log'), 'utf8').includes('channel_lost'),
    );

    // The collector holds the partitions, or fights for them: nothing is done.
    const held = await recover('--wait', '1', '--partition', '9');
    expect(held.code).toBe(78);
    expect(outcomes(held.results)).toEqual(['partition_held']);
    await stop();

    const dry = await recover('--dry-run');
    expect(outcomes(dry.results)).toEqual(['recoverable', 'recoverable', 'recoverable']);
    const { code, results } = await recover();
    expect(code).toBe(0);
    expect(outcomes(results)).toEqual(['recovered', 'recovered', 'recovered']);
    expect(results.every(({ verified }) => verified)).toBe(true);
    expect(outcomes((await recover()).results)).toEqual(['has_token', 'has_token', 'has_token']);

    await start();
    await collected(600);
    await stop();
    expect(await count()).toMatchObject({ rows: 600, lost: 0, duplicated: 0, altered: 0, misordered: 0 });
  });

  it('touches only what was lost, and refuses another log than the one that BRONZE has', async () => {
    await lose(`${APP}__${ordersEventsV1.stream}__1__1`);
    const otherKeys = makeKeys(join(dir, 'other-keys'));
    const wrong = await runDas(['channel', 'recover', '--collector', APP], {
      ...env,
      PHI_KEY_FILE: otherKeys.phiKeyFile,
    });
    expect(wrong.code).toBe(78);
    expect(wrong.stdout).toMatch(/partition 1: log_recreated: the source has another record there/);
    const { code, results } = await recover('--partition', '1');
    expect(code).toBe(0);
    expect(outcomes(results)).toEqual(['recovered']);
    await produce(100, 3);
    await start();
    await collected(700);
    await stop();
    expect(await count()).toMatchObject({ rows: 700, lost: 0, duplicated: 0 });
  });

  it('says that BRONZE has no row any more, and then believes the checkpoint if it is told to', async () => {
    await lose();
    rmSync(join(lake(), table.database, table.schema, table.name), { recursive: true });
    await endpoint.process.stop();
    const port = Number(new URL(endpoint.url).port);
    endpoint = await startLocalSnowpipe({ lake: lake(), logFile: join(dir, 'endpoint.log'), port });
    const without = await recover();
    expect(without.code).toBe(78);
    expect(outcomes(without.results)).toEqual(['no_witness', 'no_witness', 'no_witness']);
    const { code, results } = await recover('--from-checkpoint');
    expect(code).toBe(0);
    expect(results.map(({ verified }) => verified)).toEqual([false, false, false]);
    await produce(50, 4);
    await start();
    await collected(50);
    await stop();
    expect(await count()).toMatchObject({ rows: 50, duplicated: 0 });
  });
});
