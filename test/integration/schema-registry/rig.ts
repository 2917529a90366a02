import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ordersEventsV1 } from '@contracts/brook-commerce';
import { systemClock, type Ingest } from '@das/pipeline';
import { createEventDecoder, preparedSource, type RegistryFormat } from '@das/schema-registry';
import { createKafkaSource } from '@das/source-kafka';
import {
  collectorEnv,
  connectProducer,
  createEventGenerator,
  makeKeys,
  runDas,
  startCollector,
  type OrderEvent,
  startKafka,
  startLocalSnowpipe,
  startSchemaRegistry,
  until,
  type DasRun,
  type KafkaBroker,
  type ManagedProcess,
  type SchemaRegistry,
} from '@das/testing';
import type { Producer } from 'kafkajs';
import { askLake } from '../ask-lake';
import { inProcess } from '../in-process';
import { declarationOf } from './declaration';

const MAIN = join(__dirname, 'registry-collector.ts');
const APPS = join(__dirname, '..', '..', '..', 'dist', 'apps');

/** A broker and a registry for the tests of a file. */
export class RegistryWorld {
  readonly dir = mkdtempSync(join(tmpdir(), 'das-registry-'));
  readonly keys = makeKeys(join(this.dir, 'keys'));
  broker!: KafkaBroker;
  registry!: SchemaRegistry;
  producer!: Producer;
  private readonly stops: (() => Promise<void>)[] = [];

  async start(): Promise<void> {
    // Both by themselves, so that one is stopped where the other does not start.
    const registry = startSchemaRegistry({ dir: join(this.dir, 'registry') }).then((started) => {
      this.registry = started;
      this.stops.push(async () => started.stop());
    });
    const broker = startKafka({ dir: join(this.dir, 'kafka') }).then((started) => {
      this.broker = started;
      this.stops.push(async () => started.stop());
    });
    await Promise.allSettled([registry, broker]);
    await Promise.all([registry, broker]);
    this.producer = await connectProducer(this.broker.brokers);
    this.stops.push(async () => this.producer.disconnect());
  }

  async stop(): Promise<void> {
    for (const stop of this.stops.reverse()) await stop();
    rmSync(this.dir, { recursive: true });
  }
}

/** One format's topic, lake and collector. */
export class FormatRig {
  private readonly next = createEventGenerator({ stream: 'orders', seed: 11, partitions: 1, now: Date.now });
  private collector: { readonly process: ManagedProcess; readonly url: string } | undefined;
  private ingest: Ingest | undefined;
  private readonly env: Readonly<Record<string, string>>;

  private constructor(
    private readonly world: RegistryWorld,
    private readonly format: RegistryFormat,
    private readonly endpoint: { readonly process: ManagedProcess; readonly url: string },
    readonly topic: string,
    readonly lake: string,
  ) {
    this.env = {
      SCHEMA_REGISTRY_URL: world.registry.url,
      TEST_FORMAT: format,
      TEST_TOPIC: topic,
      LOG_LEVEL: 'warn',
    };
  }

  static async start(
    world: RegistryWorld,
    format: RegistryFormat,
    topic = `orders.${format}`,
  ): Promise<FormatRig> {
    await world.broker.createTopic(topic, 2);
    const lake = mkdtempSync(join(tmpdir(), 'das-registry-lake-'));
    const endpoint = await startLocalSnowpipe({ lake, logFile: join(world.dir, `endpoint-${topic}.log`) });
    return new FormatRig(world, format, endpoint, topic, lake);
  }

  async stop(): Promise<void> {
    await this.stopCollector();
    await this.endpoint.process.stop();
    rmSync(this.lake, { recursive: true });
  }

  /** @returns where its health is */
  async startCollector(): Promise<string> {
    this.collector = await startCollector({
      app: 'registry-collector',
      source: this.source,
      endpoint: this.endpoint.url,
      keys: this.world.keys,
      logFile: join(this.world.dir, `collector-${this.topic}.log`),
      env: this.env,
      nodeArgs: ['--import', 'tsx'],
      main: MAIN,
    });
    return this.collector.url;
  }

  /** Returns once it says that it is not ready, and why. */
  async notReady(url: string, code: string): Promise<void> {
    await until(`it is not ready because of ${code}`, async () => {
      const response = await fetch(`${url}/health/ready`).catch(() => undefined);
      return response?.status === 503 && (await response.text()).includes(code);
    });
  }

  /** The same parts in this process, which starts sooner. */
  async startInProcess(): Promise<void> {
    const { world, format, topic } = this;
    const declaration = declarationOf(format, topic);
    const decoder = createEventDecoder({
      format,
      registry: { url: world.registry.url },
      clock: systemClock,
    });
    const source = createKafkaSource({
      brokers: world.broker.brokers,
      groupId: declaration.name,
      clientId: declaration.name,
      topic,
      sessionTimeoutMs: 10_000,
    });
    const { ingest } = inProcess({
      declaration,
      source: preparedSource(source, decoder),
      decoder,
      endpoint: this.endpoint.url,
      keys: world.keys,
      claims: world.dir,
    });
    this.ingest = ingest;
    await ingest.start();
  }

  async stopCollector(): Promise<void> {
    await this.ingest?.stop(10_000);
    this.ingest = undefined;
    await this.collector?.process.stop();
    this.collector = undefined;
  }

  events(count: number): OrderEvent[] {
    return Array.from({ length: count }, () => JSON.parse(String(this.next().value)) as OrderEvent);
  }

  /** In turns to both partitions. */
  async produce(values: readonly (Buffer | null)[]): Promise<void> {
    const messages = values.map((value, index) => ({ key: `k${index}`, value, partition: index % 2 }));
    await this.world.producer.send({ topic: this.topic, messages });
  }

  async query(sql: string): Promise<readonly Record<string, unknown>[]> {
    return askLake(this.lake, ordersEventsV1.table, sql);
  }

  async count(where: string): Promise<number> {
    const [row] = await this.query(`SELECT count(*)::INT AS n FROM bronze WHERE ${where}`);
    return Number(row?.n ?? 0);
  }

  /** The das command, whose replay goes through this collector: it looks for bundles beside its own. */
  async das(...args: readonly string[]): Promise<DasRun> {
    const app = `test-orders-${this.format}-collector`;
    mkdirSync(join(APPS, app), { recursive: true });
    writeFileSync(join(APPS, app, 'main.js'), `require(${JSON.stringify(MAIN)});\n`);
    try {
      const { source, world, endpoint, lake } = this;
      return await runDas([...args, '--collector', app, '--json'], {
        ...collectorEnv({ source, endpoint: endpoint.url, keys: world.keys }),
        ...this.env,
        DAS_LAKE: lake,
        NODE_OPTIONS: '--import tsx',
      });
    } finally {
      rmSync(join(APPS, app), { recursive: true });
    }
  }

  private get source() {
    return { kind: 'kafka' as const, brokers: this.world.broker.brokers };
  }
}
