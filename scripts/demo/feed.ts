import { join } from 'node:path';
import { createJournalWriter } from '@das/source-journal';
import {
  connectProducer,
  journalRecords,
  kafkaRecords,
  startKafka,
  type CollectorSource,
  type ExpectedRecord,
  type GeneratedEvent,
} from '@das/testing';
import { STREAMS } from './streams';

/** Where the demo's events go, and where the oracle finds them again. */
export interface Feed {
  readonly source: CollectorSource;
  send(topic: string, events: readonly GeneratedEvent[]): Promise<void>;
  records(topic: string): AsyncIterable<ExpectedRecord>;
  close(): Promise<void>;
}

export async function openJournalFeed(dir: string): Promise<Feed> {
  const root = join(dir, 'journal');
  const writers = new Map(
    STREAMS.map(({ contract: { source } }) => [
      source.log,
      createJournalWriter({ dir: root, topic: source.log, partitions: source.partitions }),
    ]),
  );
  // Makes the files, so that the collectors find their partitions at once.
  for (const writer of writers.values()) await writer.flush();
  return {
    source: { kind: 'journal', dir: root },
    async send(topic, events) {
      const writer = writers.get(topic);
      for (const { partition, value } of events) writer?.append(partition, value);
      await writer?.flush();
    },
    records: (topic) => journalRecords(root, topic),
    async close() {
      for (const writer of writers.values()) await writer.close();
    },
  };
}

export async function openKafkaFeed(dir: string): Promise<Feed> {
  const broker = await startKafka({ dir: join(dir, 'kafka') });
  for (const { contract } of STREAMS) {
    const { topic, partitions } = contract.source;
    // A broker may not know yet what it has just made; asked again, it finds it there.
    await broker.createTopic(topic, partitions).catch(() => broker.createTopic(topic, partitions));
  }
  const producer = await connectProducer(broker.brokers);
  return {
    source: { kind: 'kafka', brokers: broker.brokers },
    async send(topic, events) {
      if (events.length === 0) return;
      const messages = events.map(({ key, value, partition }) => ({ key, value, partition }));
      await producer.send({ topic, messages });
    },
    records: (topic) => kafkaRecords(broker.brokers, topic),
    async close() {
      await producer.disconnect();
      await broker.stop();
    },
  };
}
