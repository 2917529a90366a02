import { sourcePortSuite } from '@das/testing';
import { KafkaFixture } from './fixture';

const kafka = KafkaFixture.forThisFile();

sourcePortSuite('a Kafka broker', async () => {
  const topic = await kafka.newTopic();
  return {
    append: async (values) =>
      kafka.send(
        topic,
        values.map((value) => ({ value })),
      ),
    instance: () => kafka.source(topic),
  };
});
