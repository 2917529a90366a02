import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ordersEventsV1 } from '@contracts/brook-commerce';
import type { PartitionConsumer, Source } from '@das/pipeline';
import { createEventGenerator, kafkaRecords, range, startCollector, until } from '@das/testing';
import { KafkaFixture } from '../kafka-source/fixture';
import { Collector } from '../rig/collector';
import { Endpoint } from '../rig/endpoint';

const { topic } = ordersEventsV1.source;
const kafka = KafkaFixture.forThisFile();
const CLEAN = { lost: 0, duplicated: 0, altered: 0, misordered: 0 };

/** Two processes that both believe to own a partition end in one writer, and nothing is doubled. */
describe('two believers', () => {
  let endpoint: Endpoint;
  let dir: string;
  /** What of this process ends, also where a test fails. */
  let ending: (() => Promise<unknown>)[];
  beforeEach(async () => {
    ending = [];
    endpoint = await Endpoint.start();
    dir = mkdtempSync(join(tmpdir(), 'das-believers-'));
  });
  afterEach(async () => {
    for (const end of ending) await end();
    await endpoint.stop();
    rmSync(dir, { recursive: true });
  });

  it('in one process: who was not told that the partition went proves it, and lets go', async () => {
    const name = await kafka.newTopic(2);
    const collector = (source: Source, commitPatienceMs: number): Collector => {
      const made = new Collector({
        name: 'believers',
        source,
        endpoint: endpoint.url,
        keys: endpoint.keys,
        commitPatienceMs,
      });
      ending.push(() => made.abandon());
      return made;
    };
    const produce = async (from: number, to: number): Promise<void> => {
      const messages = [0, 1].flatMap((partition) =>
        range(from, to).map((number) => ({ partition, value: JSON.stringify({ number }) })),
      );
      await kafka.send(name, messages);
    };
    const deaf = kafka.source(name);
    ending.push(() => deaf.stop());
    const first = await collector(neverRevoked(deaf), 1_000).start();
    await produce(0, 10);
    await first.committed(20);
    // What the first one sends now is received; of one partition it is forgotten when the second one opens it.
    await endpoint.faults.commit({ kind: 'withhold-commits' });
    await produce(10, 20);
    await until('received', () => first.counts.landed === 40 && first.counts.heldBytes === 0);

    const second = await collector(kafka.source(name), 60_000).start();
    await until('the second one has a partition', () => second.counts.openings === 1);
    await endpoint.faults.clear();
    await second.committed(10);
    // What the first one sent is committed, by another; of what it never sent it hears, and asks whose it is.
    await produce(20, 30);
    await second.committed(20);
    await until('the first one finds out', () => first.failures.some(({ code }) => code === 'not_owner'));
    const { length } = first.failures;
    await until('the first one has asked again', () => first.failures.length > length + 2);

    // Had the first one opened the channel again, the second one would have had to as well.
    expect(second.counts.openings).toBe(1);
    const [mine] = second.ingest.health().partitions;
    const theirs = first.ingest.health().partitions.find(({ partition }) => partition === mine?.partition);
    expect(theirs).toMatchObject({ running: false, failure: { code: 'not_owner' } });
    await until('everything is there', async () => (await endpoint.rows()) >= 60);
    expect(await endpoint.recount(kafkaRecords(kafka.broker.brokers, name))).toMatchObject({
      produced: 60,
      ...CLEAN,
    });
  });

  it('as processes: a collector that was frozen while another one took over wakes, and one writes', async () => {
    await kafka.broker.createTopic(topic, 1);
    const next = createEventGenerator({ stream: 'orders', seed: 9, partitions: 1, now: Date.now });
    const produce = async (count: number): Promise<void> =>
      kafka.send(
        topic,
        Array.from({ length: count }, () => ({ partition: 0, value: next().value })),
      );
    const start = async (log: string) => {
      const started = await startCollector({
        app: 'orders-events-collector',
        source: { kind: 'kafka', brokers: kafka.broker.brokers },
        endpoint: endpoint.url,
        keys: endpoint.keys,
        logFile: join(dir, log),
        env: { KAFKA_SESSION_SECONDS: '1.5' },
      });
      ending.push(() => started.process.kill9());
      return started;
    };
    const rows = (): Promise<number> => endpoint.rows();
    const openings = (log: string): number =>
      readFileSync(join(dir, log), 'utf8').split('partition running').length - 1;

    await produce(20);
    const first = await start('first.log');
    await until('committed', async () => (await rows()) === 20);
    await endpoint.faults.commit({ kind: 'withhold-commits' });
    await produce(20);
    const second = await start('second.log');
    await second.process.answers(`${second.url}/health/ready`);
    first.process.freeze();
    await until('the second one has it', () => openings('second.log') > 0, 60_000);
    await endpoint.faults.clear();
    await produce(20);
    await until('committed by the second one', async () => (await rows()) === 60);

    first.process.thaw();
    await first.process.answers(`${first.url}/health/ready`);
    await produce(20);
    await until('committed by whoever has it', async () => (await rows()) === 80);
    await first.process.answers(`${first.url}/health/ready`);
    await second.process.answers(`${second.url}/health/ready`);
    // Neither opens the channel again and again.
    const before = openings('first.log') + openings('second.log');
    await produce(20);
    await until('committed', async () => (await rows()) === 100);
    expect(openings('first.log') + openings('second.log')).toBe(before);
    expect(await first.process.stop()).toBe(0);
    expect(await second.process.stop()).toBe(0);
    expect(await endpoint.recount(kafkaRecords(kafka.broker.brokers, topic))).toMatchObject({
      produced: 100,
      ...CLEAN,
    });
  });
});

/** A source that does not tell its consumers when they lose a partition: what they believe they have to prove. */
function neverRevoked(source: Source): Source {
  return {
    name: source.name,
    compare: (a, b) => source.compare(a, b),
    start: (onAssigned, onFailure) =>
      source.start((partition) => {
        const consumer = onAssigned(partition);
        const deaf: PartitionConsumer = {
          deliver: (records) => {
            consumer.deliver(records);
          },
          disturbed: () => {
            consumer.disturbed();
          },
          ended: () => {
            consumer.ended();
          },
          revoked: () => undefined,
        };
        return deaf;
      }, onFailure),
    stop: async () => Promise.resolve(),
  };
}
