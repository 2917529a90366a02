import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ordersEventsV1 } from '@contracts/brook-commerce';
import type { Producer } from 'kafkajs';
import type { GeneratedEvent } from '../../events/generator';
import { kafkaRecords } from '../../oracle/kafka-records';
import { connectProducer, kafkaClient, startKafka, type KafkaBroker } from '../../servers/kafka-broker';
import { range, until } from '../../wait';
import type { SourceRig } from '../source-rig';
import { between, type SourceTrouble } from '../source-trouble';

const APP = 'orders-events-collector';
const { topic, partitions } = ordersEventsV1.source;
const STABLE_MS = 60_000;
const RECONNECT_MS = 250;
const MOST_AWAY_MS = 2_000;

export async function startKafkaRig(dir: string): Promise<SourceRig> {
  const broker = await startKafka({ dir: join(dir, 'kafka') });
  await broker.createTopic(topic, partitions).catch(() => broker.createTopic(topic, partitions));
  const { brokers } = broker;
  const sender = new Sender(brokers);
  return {
    app: APP,
    contract: ordersEventsV1,
    collectorSource: { kind: 'kafka', brokers },
    env: { KAFKA_SESSION_SECONDS: '2' },
    events: { stream: 'orders', partitions },
    eventsPerSecond: 1_000,
    everyMs: 25,
    respiteMs: 0,
    settleSeconds: 10,
    troubles: brokerTroubles(broker),
    partitions: () => range(0, partitions).map(String),
    send: async (events) => {
      await sender.send(events);
    },
    async end(good) {
      const answers = await sender.send(range(0, partitions).map((partition) => ({ ...good(), partition })));
      return new Map(answers.map(({ partition, baseOffset }) => [String(partition), baseOffset]));
    },
    heal: async () => Promise.resolve(),
    stable: (members) =>
      until(
        'the group is stable',
        async () => (await stateOfGroup(brokers)) === `Stable ${members}`,
        STABLE_MS,
      ),
    left: async () => Promise.resolve([]),
    records: (landing) => kafkaRecords(brokers, topic, landing),
    async stop() {
      await sender.close();
      await broker.stop();
    },
  };
}

function brokerTroubles(broker: KafkaBroker): readonly SourceTrouble[] {
  return [
    {
      name: 'kill-broker',
      weight: 1,
      async make(random) {
        await broker.kill9();
        await sleep(between(random, 0, MOST_AWAY_MS));
        await broker.restart();
        return 'kill -9';
      },
    },
    {
      name: 'stop-broker',
      weight: 1,
      async make(random) {
        await broker.stop();
        await sleep(between(random, 0, MOST_AWAY_MS));
        await broker.restart();
        return 'SIGTERM';
      },
    },
  ];
}

/** Sends whatever happens to the broker. What a failed sending wrote after all is sent once more, to another offset. */
class Sender {
  private producer: Producer | undefined;
  private isClosed = false;

  constructor(private readonly brokers: readonly string[]) {}

  async send(events: readonly GeneratedEvent[]) {
    const messages = events.map(({ key, value, partition }) => ({ key, value, partition }));
    for (;;) {
      try {
        this.producer ??= await connectProducer(this.brokers);
        const answers = await this.producer.send({ topic, messages });
        return answers.map(({ partition, baseOffset = '-1' }) => ({ partition, baseOffset }));
      } catch (thrown) {
        if (this.isClosed) throw thrown;
        // An idempotent producer is of no use after a failure: its numbers have a hole.
        await this.producer?.disconnect().catch(() => undefined);
        this.producer = undefined;
        await sleep(RECONNECT_MS);
      }
    }
  }

  async close(): Promise<void> {
    this.isClosed = true;
    await this.producer?.disconnect();
  }
}

/** The group's state and how many members it has; undefined while the broker cannot tell. */
async function stateOfGroup(brokers: readonly string[]): Promise<string | undefined> {
  const admin = kafkaClient(brokers).admin();
  try {
    await admin.connect();
    const { groups } = await admin.describeGroups([APP]);
    return `${groups[0]?.state} ${groups[0]?.members.length}`;
  } catch {
    return undefined;
  } finally {
    await admin.disconnect();
  }
}
