import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Source } from '@das/pipeline';
import { createKafkaSource, type KafkaSourceOptions } from '@das/source-kafka';
import {
  connectProducer,
  kafkaClient,
  range,
  SourceReader,
  startKafka,
  until,
  type Begin,
  type Held,
  type KafkaBroker,
} from '@das/testing';
import type { Admin, Message, Producer } from 'kafkajs';

/** Longest wait for a broker that is up to coordinate groups. */
const COORDINATOR_MS = 30_000;

/** One broker for the tests of a file, and the readers that a test started. */
export class KafkaFixture {
  private readonly dir = mkdtempSync(join(tmpdir(), 'das-kafka-'));
  private readers: SourceReader[] = [];
  private topics = 0;
  broker!: KafkaBroker;
  producer!: Producer;
  admin!: Admin;

  /** A fixture that lives as long as the tests of this file. */
  static forThisFile(): KafkaFixture {
    const fixture = new KafkaFixture();
    beforeAll(() => fixture.start());
    afterEach(() => fixture.stopReaders());
    afterAll(() => fixture.stop());
    return fixture;
  }

  /** A name that no topic has yet. */
  freshName(): string {
    return `topic.${++this.topics}`;
  }

  async newTopic(partitions = 1): Promise<string> {
    const topic = this.freshName();
    await this.broker.createTopic(topic, partitions);
    return topic;
  }

  /** The same name, another log. */
  async recreateTopic(topic: string, partitions = 1): Promise<void> {
    await this.admin.deleteTopics({ topics: [topic] });
    // The broker takes its time, and refuses the name until then.
    await until('the topic is there again', async () =>
      this.broker.createTopic(topic, partitions).then(
        () => true,
        () => false,
      ),
    );
    // The producer's numbers belong to the earlier log.
    await this.producer.disconnect();
    this.producer = await connectProducer(this.broker.brokers);
  }

  source(topic: string, options: Partial<KafkaSourceOptions> = {}): Source {
    return kafkaSource(this.broker.brokers, topic, options);
  }

  reader(topic: string, begin?: Begin, options?: Partial<KafkaSourceOptions>): SourceReader {
    const made = new SourceReader(this.source(topic, options), begin);
    this.readers.push(made);
    return made;
  }

  /** Values `from` up to and not including `to`, numbered as their offsets are in a log of their own. */
  async produce(topic: string, from: number, to: number, partition = 0): Promise<void> {
    await this.send(
      topic,
      range(from, to).map((index) => ({ partition, value: `${partition}/${index}` })),
    );
  }

  async send(topic: string, messages: Message[]): Promise<void> {
    await this.producer.send({ topic, messages });
  }

  /** A broker that has just started takes a moment before it has groups, and may hang up meanwhile. @throws Failure */
  async coordinatorReady(): Promise<void> {
    const source = this.source(await this.newTopic());
    const endMs = Date.now() + COORDINATOR_MS;
    for (;;) {
      const failure = await new SourceReader(source).refusal();
      if (failure === undefined) break;
      if (failure.kind !== 'transient' || Date.now() > endMs) throw failure;
    }
    await source.stop();
  }

  private async start(): Promise<void> {
    this.broker = await startKafka({ dir: this.dir });
    this.producer = await connectProducer(this.broker.brokers);
    this.admin = kafkaClient(this.broker.brokers).admin();
    await this.admin.connect();
    await this.coordinatorReady();
  }

  private async stopReaders(): Promise<void> {
    await Promise.all(this.readers.map(({ source }) => source.stop()));
    this.readers = [];
  }

  private async stop(): Promise<void> {
    await this.producer.disconnect();
    await this.admin.disconnect();
    await this.broker.stop();
    rmSync(this.dir, { recursive: true, force: true });
  }
}

/** A source that notices changes soon. */
export function kafkaSource(
  brokers: readonly string[],
  topic: string,
  options: Partial<KafkaSourceOptions> = {},
): Source {
  return createKafkaSource({
    brokers,
    topic,
    groupId: `${topic}.group`,
    clientId: 'reader',
    sessionTimeoutMs: 6_000,
    metadataMaxAgeMs: 500,
    restartMs: 200,
    ...options,
  });
}

export function positions({ records }: Held): readonly number[] {
  return records.map(({ position }) => Number(position));
}
