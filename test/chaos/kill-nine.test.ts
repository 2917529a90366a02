import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ordersEventsV1 } from '@contracts/brook-commerce';
import {
  connectProducer,
  createEventGenerator,
  freePort,
  kafkaRecords,
  makeKeys,
  REALISTIC,
  recount,
  startCollector,
  startKafka,
  startLocalSnowpipe,
  type KafkaBroker,
  type ManagedProcess,
  type RunKeys,
} from '@das/testing';

const { topic, partitions } = ordersEventsV1.source;
const KILLS = 20;
const EVENTS_PER_TICK = 50;
const TICK_MS = 25;

/** `kill -9` at random moments, while events flow; then the oracle counts. */
describe('kill -9', () => {
  let dir: string;
  let broker: KafkaBroker;
  let keys: RunKeys;
  let endpointPort: number;
  let endpoint: ManagedProcess;
  let collector: { process: ManagedProcess; url: string };

  const startEndpoint = async () => {
    const lake = join(dir, 'lake');
    const started = await startLocalSnowpipe({
      lake,
      port: endpointPort,
      logFile: join(dir, 'endpoint.log'),
    });
    return started.process;
  };
  const startOrders = () =>
    startCollector({
      app: 'orders-events-collector',
      source: { kind: 'kafka', brokers: broker.brokers },
      endpoint: `http://127.0.0.1:${endpointPort}`,
      keys,
      logFile: join(dir, 'collector.log'),
      env: { KAFKA_SESSION_SECONDS: '2', DAS_COMMIT_PATIENCE_SECONDS: '3', LOG_LEVEL: 'warn' },
    });

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'das-chaos-'));
    broker = await startKafka({ dir: join(dir, 'kafka') });
    await broker.createTopic(topic, partitions);
    keys = makeKeys(join(dir, 'keys'));
    endpointPort = await freePort();
    endpoint = await startEndpoint();
    collector = await startOrders();
  });

  afterAll(async () => {
    await collector.process.stop();
    await endpoint.stop();
    await broker.stop();
    rmSync(dir, { recursive: true });
  });

  it(`of collector and endpoint, ${KILLS} times, loses and doubles nothing`, async () => {
    const producing = produce(broker.brokers);
    for (let kill = 0; kill < KILLS; kill++) {
      await sleep(500 + Math.random() * 2_500);
      if (kill % 2 === 0) {
        await collector.process.kill9();
        collector = await startOrders();
      } else {
        await endpoint.kill9();
        endpoint = await startEndpoint();
      }
    }
    producing.stop();
    const produced = await producing.done;
    // Once more, with nothing new to come that would find out what was forgotten.
    await endpoint.kill9();
    endpoint = await startEndpoint();
    await collector.process.answers(`${collector.url}/health/ready`, 30_000);

    const found = await whenSettled(dir, broker.brokers);
    expect(found).toMatchObject({ produced, lost: 0, duplicated: 0, altered: 0 });
    expect(found.rows + found.dropped).toBe(produced);
    expect(produced).toBeGreaterThan(20_000);
  }, 300_000);
});

function produce(brokers: readonly string[]): { stop: () => void; done: Promise<number> } {
  const going = { on: true };
  const next = createEventGenerator({
    stream: 'orders',
    seed: 20,
    partitions,
    now: () => Date.now(),
    rates: REALISTIC,
  });
  const run = async (): Promise<number> => {
    const producer = await connectProducer(brokers);
    let produced = 0;
    while (going.on) {
      const messages = Array.from({ length: EVENTS_PER_TICK }, next);
      await producer.send({
        topic,
        messages: messages.map(({ key, value, partition }) => ({ key, value, partition })),
      });
      produced += messages.length;
      await sleep(TICK_MS);
    }
    await producer.disconnect();
    return produced;
  };
  return {
    stop: () => {
      going.on = false;
    },
    done: run(),
  };
}

/** Recounts until nothing is missing, or until that has taken too long to be true. */
async function whenSettled(dir: string, brokers: readonly string[]) {
  const endMs = Date.now() + 60_000;
  for (;;) {
    const found = await recount({
      lake: join(dir, 'lake'),
      table: ordersEventsV1.table,
      records: kafkaRecords(brokers, topic),
    });
    if (found.lost === 0 || Date.now() > endMs) return found;
    await sleep(1_000);
  }
}
