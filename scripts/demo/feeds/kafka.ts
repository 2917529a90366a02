import { connectProducer, kafkaRecords, startKafka } from '@das/testing';
import { flushed, type FeedServer } from './stream-feed';

/** A real broker. */
export async function kafkaServer(dir: string): Promise<FeedServer<'kafka'>> {
  const broker = await startKafka({ dir });
  const { brokers } = broker;
  const producer = await connectProducer(brokers);
  return {
    async feed({ source: { topic, partitions } }) {
      // A broker may not know yet what it has just made; asked again, it finds it there.
      await broker.createTopic(topic, partitions).catch(() => broker.createTopic(topic, partitions));
      return {
        source: { kind: 'kafka', brokers },
        async send(events) {
          if (events.length === 0) return;
          const messages = events.map(({ key, value, partition }) => ({ key, value, partition }));
          await producer.send({ topic, messages });
        },
        flush: flushed,
        records: (landing) => kafkaRecords(brokers, topic, landing),
      };
    },
    async close() {
      await producer.disconnect();
      await broker.stop();
    },
  };
}
