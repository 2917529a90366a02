import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { Kafka, KafkaJSError, logLevel, type Admin, type Producer } from 'kafkajs';
import { freePort } from '../processes/free-port';
import { ManagedProcess } from '../processes/managed-process';
import { until } from '../wait';
import type { TestCertificate } from './certificate';

/** The broker's jars, its tools included. */
export const KAFKA_LIBS = join(__dirname, '..', '..', '..', '..', '.tools', 'kafka', 'libs');
const START_MS = 60_000;
/** Any 16 bytes in base64url; one cluster, so one id. */
const CLUSTER_ID = 'AAAAAAAAQACAAAAAAAAAAA';

/** A user who may come in at the listener for TLS and SASL, by PLAIN and by SCRAM-SHA-512. */
export interface KafkaUser {
  readonly username: string;
  readonly password: string;
}

/** A real Kafka broker (KRaft, one node), on loopback and free ports. */
export interface KafkaBroker {
  readonly brokers: readonly string[];
  /** The same brokers behind TLS and SASL; empty unless `secured` was given. */
  readonly securedBrokers: readonly string[];
  stop(): Promise<void>;
  kill9(): Promise<void>;
  /** On the same ports and data; after `stop` or `kill9`. */
  restart(): Promise<void>;
  createTopic(topic: string, partitions: number, config?: Readonly<Record<string, string>>): Promise<void>;
}

/**
 * @param dir - data and log; kept over restarts
 * @param secured - opens a second listener, which asks for TLS and SASL
 * @throws Error when the jars are not installed
 */
export async function startKafka({
  dir,
  secured,
}: {
  readonly dir: string;
  readonly secured?: { readonly certificate: TestCertificate; readonly user: KafkaUser };
}): Promise<KafkaBroker> {
  if (!existsSync(KAFKA_LIBS) || readdirSync(KAFKA_LIBS).length === 0) {
    throw new Error('the Kafka broker is not installed: run node scripts/das.mjs setup');
  }
  mkdirSync(dir, { recursive: true });
  const [port, controllerPort] = [await freePort(), await freePort()];
  const properties = join(dir, 'server.properties');
  const listeners: Listener[] = [{ name: 'PLAINTEXT', port }];
  if (secured !== undefined) listeners.push({ name: 'SASL_SSL', port: await freePort() });
  writeFileSync(
    properties,
    serverProperties({
      ...baseSettings(dir, listeners, controllerPort),
      ...(secured && securitySettings(dir, secured.certificate, secured.user)),
    }),
  );
  const java = (name: string, args: readonly string[]): ManagedProcess =>
    ManagedProcess.start({ name, command: 'java', args, logFile: join(dir, 'broker.log') });
  const format = java('kafka-storage', [
    '-Xmx128m',
    '-XX:TieredStopAtLevel=1',
    '-cp',
    `${KAFKA_LIBS}/*`,
    'kafka.tools.StorageTool',
    'format',
    '--ignore-formatted',
    '-t',
    CLUSTER_ID,
    '-c',
    properties,
    ...(secured === undefined ? [] : ['--add-scram', scramUser(secured.user)]),
  ]);
  if ((await format.whenEnded()) !== 0)
    throw new Error(`formatting Kafka's storage failed:\n${format.tail()}`);

  const launch = async (): Promise<ManagedProcess> => {
    const launched = java('kafka', ['-Xmx512m', '-cp', `${KAFKA_LIBS}/*`, 'kafka.Kafka', properties]);
    await portOpen(port, launched);
    return launched;
  };
  let broker = await launch();
  const brokers = [`127.0.0.1:${port}`];
  return {
    brokers,
    securedBrokers: listeners.slice(1).map(({ port: open }) => `127.0.0.1:${open}`),
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
        await admin
          .createTopics({
            topics: [{ topic, numPartitions: partitions, configEntries }],
            waitForLeaders: true,
          })
          .catch(unlessRetriable);
        await until(`a leader of each partition of ${topic}`, async () =>
          hasLeaders(admin, topic, partitions),
        );
      } finally {
        await admin.disconnect();
      }
    },
  };
}

function unlessRetriable(thrown: unknown): void {
  if (!(thrown instanceof KafkaJSError && thrown.retriable)) throw thrown;
}

/** A broker that is busy does not know its newest topic yet, which kafkajs' own waiting takes for a failure. */
async function hasLeaders(admin: Admin, topic: string, partitions: number): Promise<boolean> {
  try {
    const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
    const led = topics[0]?.partitions.filter(({ leader }) => leader >= 0) ?? [];
    return led.length === partitions;
  } catch (thrown) {
    unlessRetriable(thrown);
    return false;
  }
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

interface Listener {
  readonly name: 'PLAINTEXT' | 'SASL_SSL';
  readonly port: number;
}

type Settings = Readonly<Record<string, string | number | boolean>>;

function baseSettings(dir: string, listeners: readonly Listener[], controllerPort: number): Settings {
  const open = listeners.map(({ name, port }) => `${name}://127.0.0.1:${port}`).join(',');
  return {
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
    listeners: `${open},CONTROLLER://127.0.0.1:${controllerPort}`,
    'advertised.listeners': open,
    'controller.listener.names': 'CONTROLLER',
    'log.dirs': join(dir, 'data'),
    'offsets.topic.replication.factor': 1,
    'offsets.topic.num.partitions': 4,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.num.partitions': 4,
    'transaction.state.log.min.isr': 1,
    'group.initial.rebalance.delay.ms': 0,
    // After kill -9 the controller lets the broker in again once its earlier session is over.
    'broker.session.timeout.ms': 2_000,
    'broker.heartbeat.interval.ms': 500,
    'group.min.session.timeout.ms': 1_000,
    'auto.create.topics.enable': false,
    'log.retention.check.interval.ms': 1_000,
  };
}

function securitySettings(dir: string, { cert, key }: TestCertificate, user: KafkaUser): Settings {
  const keystore = join(dir, 'keystore.pem');
  writeFileSync(keystore, readFileSync(key, 'utf8') + readFileSync(cert, 'utf8'), { mode: 0o600 });
  const login = 'org.apache.kafka.common.security';
  return {
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,SASL_SSL:SASL_SSL,CONTROLLER:PLAINTEXT',
    'sasl.enabled.mechanisms': 'PLAIN,SCRAM-SHA-512',
    'ssl.keystore.type': 'PEM',
    'ssl.keystore.location': keystore,
    'listener.name.sasl_ssl.plain.sasl.jaas.config': `${login}.plain.PlainLoginModule required user_${user.username}="${user.password}";`,
    'listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config': `${login}.scram.ScramLoginModule required;`,
  };
}

function scramUser({ username, password }: KafkaUser): string {
  return `SCRAM-SHA-512=[name=${username},password=${password}]`;
}

function serverProperties(settings: Settings): string {
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
