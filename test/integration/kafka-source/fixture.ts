import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectProducer, kafkaClient, startKafka, type KafkaBroker } from '@das/testing';
import type { Admin, Message, Producer } from 'kafkajs';
import { coordinatorReady, KafkaReader, range, type Held } from './reader';

/** A begin that leaves a partition alone. */
export const nothing = (): void => undefined;

/** One broker for the tests of a file, and the readers that a test started. */
export class KafkaFixture {
  private readonly dir = mkdtempSync(join(tmpdir(), 'das-kafka-'));
  private readers: KafkaReader[] = [];
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

  reader(topic: string, begin?: (held: Held) => void, sessionTimeoutMs = 6_000): KafkaReader {
    const { brokers } = this.broker;
    const made = new KafkaReader({ brokers, topic, groupId: `${topic}.group`, sessionTimeoutMs }, begin);
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

  private async start(): Promise<void> {
    this.broker = await startKafka({ dir: this.dir });
    this.producer = await connectProducer(this.broker.brokers);
    this.admin = kafkaClient(this.broker.brokers).admin();
    await this.admin.connect();
    await coordinatorReady(this.broker.brokers, await this.newTopic());
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
