import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { encountersEventsV1 } from '@contracts/brook-health';
import {
  createEventGenerator,
  kinesisRecords,
  makeKeys,
  range,
  recount,
  REALISTIC,
  startCollector,
  startLocalSnowpipe,
  until,
  type KinesisEntry,
  type ManagedProcess,
} from '@das/testing';
import { KinesisFixture, TABLE } from './fixture';

const fixture = KinesisFixture.forThisFile();
const APP = 'encounters-events-collector';
const { stream } = encountersEventsV1.source;
const PER_STEP = 300;

/** The shipped collector as three processes, which die, freeze and are told to go, while shards are split and merged. */
it('the collector of a stream in Kinesis loses and doubles nothing, whatever happens to its instances', async () => {
  const { kinesis } = fixture;
  const dir = mkdtempSync(join(tmpdir(), 'das-kinesis-collector-'));
  const keys = makeKeys(join(dir, 'keys'));
  const lake = join(dir, 'lake');
  const endpoint = await startLocalSnowpipe({ lake, logFile: join(dir, 'endpoint.log') });
  let started = 0;
  const start = async (): Promise<ManagedProcess> => {
    const { process, url } = await startCollector({
      app: APP,
      source: { kind: 'kinesis', url: kinesis.front.url, leases: fixture.moto.url, table: TABLE },
      endpoint: endpoint.url,
      keys,
      logFile: join(dir, `${++started}.log`),
      env: { KINESIS_LEASE_SECONDS: '2', DAS_CLAIM_DIR: join(dir, 'claims') },
    });
    await process.answers(`${url}/health/ready`, 60_000);
    return process;
  };
  const next = createEventGenerator({
    stream: 'encounters',
    seed: 7,
    partitions: 1,
    now: Date.now,
    rates: REALISTIC,
  });
  const put = async (): Promise<void> => {
    const events = range(0, PER_STEP).map(next);
    await kinesis.put(
      stream,
      events.map(({ key, value }): KinesisEntry => ({ key: key.toString(), data: value ?? Buffer.alloc(0) })),
    );
  };
  const firstOpen = async (): Promise<string> => (await kinesis.open(stream))[0]?.ShardId ?? '';
  const count = () =>
    recount({ lake, table: encountersEventsV1.table, records: kinesisRecords(kinesis.client, stream) });
  await kinesis.createStream(stream, 2);
  const running = await Promise.all(range(0, 3).map(start));
  try {
    await put();
    await kinesis.split(stream, await firstOpen());
    await put();
    await running[0]?.kill9();
    await put();
    await kinesis.merge(stream, await firstOpen());
    // Beyond its lease: it wakes as an owner that it is no more.
    running[1]?.freeze();
    await put();
    await sleep(3_500);
    running[1]?.thaw();
    running[0] = await start();
    await put();
    await running[2]?.stop();
    await kinesis.split(stream, await firstOpen());
    await put();
    const due = 6 * PER_STEP;
    await until(
      'all is committed',
      async () => {
        const { rows, dropped } = await count();
        return rows + dropped >= due;
      },
      60_000,
    );
    for (const process of running) await process.stop();
    expect(await count()).toMatchObject({ produced: due, lost: 0, duplicated: 0, misordered: 0 });
  } finally {
    for (const process of running) await process.stop();
    await endpoint.process.stop();
  }
  rmSync(dir, { recursive: true });
}, 240_000);
