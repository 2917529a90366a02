import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { Kafka, logLevel, type Producer } from 'kafkajs';
import { freePort } from '../processes/free-port';
import { ManagedProcess } from '../processes/managed-process';

const LIBS = join(__dirname, '..', '..', '..', '..', '.tools', 'kafka', 'libs');
const START_MS = 60_000;
/** Any 16 bytes in base64url; one cluster, so one id. */
const CLUSTER_ID = 'AAAAAAAAQACAAAAAAAAAAA';

/** A real Kafka broker (KRaft, one node), on loopback and free ports. */
export interface KafkaBroker {
  readonly brokers: readonly string[];
  stop(): Promise<void>;
  kill9(): Promise<void>;
  /** On the same ports and data; after `stop` or `kill9`. */
  restart(): Promise<void>;
  createTopic(topic: string, partitions: number, config?: Readonly<Record<string, string>>): Promise<void>;
}

/** @param dir - data and log; kept over restarts. @throws Error when the jars are not installed */
export async function startKafka({ dir }: { readonly dir: string }): Promise<KafkaBroker> {
  if (!existsSync(LIBS) || readdirSync(LIBS).length === 0) {
    throw new Error('the Kafka broker is not installed: run node scripts/das.mjs setup');
  }
  mkdirSync(dir, { recursive: true });
  const [port, controllerPort] = [await freePort(), await freePort()];
  const properties = join(dir, 'server.properties');
  writeFileSync(properties, serverProperties(dir, port, controllerPort));
  const java = (name: string, args: readonly string[]): ManagedProcess =>
    ManagedProcess.start({ name, command: 'java', args, logFile: join(dir, 'broker.log') });
  const format = java('kafka-storage', [
    '-Xmx128m',
    '-XX:TieredStopAtLevel=1',
    '-cp',
    `${LIBS}/*`,
    'kafka.tools.StorageTool',
    'format',
    '--ignore-formatted',
    '-t',
    CLUSTER_ID,
    '-c',
    properties,
  ]);
  if ((await format.whenEnded()) !== 0)
    throw new Error(`formatting Kafka's storage failed:\n${format.tail()}`);

  const launch = async (): Promise<ManagedProcess> => {
    const launched = java('kafka', ['-Xmx512m', '-cp', `${LIBS}/*`, 'kafka.Kafka', properties]);
    await portOpen(port, launched);
    return launched;
  };
  let broker = await launch();
  const brokers = [`127.0.0.1:${port}`];
  return {
    brokers,
    async stop() {
      if (broker.exit === undefined) await broker.stop();
    },
    async kill9() {
      await broker.kill9();
    },
    async restart() {
      broker = await launch();
    },
    async createTopic(topic, partitions, config = {}) {
      const admin = kafkaClient(brokers).admin();
      await admin.connect();
      try {
        const configEntries = Object.entries(config).map(([name, value]) => ({ name, value }));
        await admin.createTopics({
          topics: [{ topic, numPartitions: partitions, configEntries }],
          waitForLeaders: true,
        });
      } finally {
        await admin.disconnect();
      }
    },
  };
}

/** A silent client of a test broker. */
export function kafkaClient(brokers: readonly string[]): Kafka {
  return new Kafka({ brokers: [...brokers], clientId: 'testing', logLevel: logLevel.NOTHING });
}

/** A connected producer that writes every record once. */
export async function connectProducer(brokers: readonly string[]): Promise<Producer> {
  const producer = kafkaClient(brokers).producer({ idempotent: true, maxInFlightRequests: 1 });
  await producer.connect();
  return producer;
}

function serverProperties(dir: string, port: number, controllerPort: number): string {
  const settings = {
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
    listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${port}`,
    'controller.listener.names': 'CONTROLLER',
    'log.dirs': join(dir, 'data'),
    'offsets.topic.replication.factor': 1,
    'offsets.topic.num.partitions': 4,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.num.partitions': 4,
    'transaction.state.log.min.isr': 1,
    'group.initial.rebalance.delay.ms': 0,
    'group.min.session.timeout.ms': 1_000,
    'auto.create.topics.enable': false,
    'log.retention.check.interval.ms': 1_000,
  };
  return Object.entries(settings)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}

async function portOpen(port: number, process: ManagedProcess): Promise<void> {
  const endMs = Date.now() + START_MS;
  while (Date.now() < endMs) {
    if (process.exit !== undefined) throw new Error(`Kafka ended (${process.exit}):\n${process.tail(15)}`);
    if (await accepts(port)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await process.kill9();
  throw new Error(`Kafka was not up after ${START_MS} ms:\n${process.tail(15)}`);
}

async function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => {
      resolve(false);
    });
  });
}
