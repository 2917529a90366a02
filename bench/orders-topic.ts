import { ordersEventsV1 } from '@contracts/brook-commerce';
import { connectProducer, createEventGenerator, type KafkaBroker } from '@das/testing';

const EVENTS_PER_SEND = 6_000;

export async function createOrdersTopic(broker: KafkaBroker): Promise<void> {
  const { topic, partitions } = ordersEventsV1.source;
  await broker.createTopic(topic, partitions);
}

/** Writes the order events of a quiet day, each once. @returns bytes of a value on average */
export async function fillTopic(
  broker: KafkaBroker,
  events: number,
  stop: AbortSignal,
  progress: (sent: number) => void,
): Promise<number> {
  const { topic, partitions } = ordersEventsV1.source;
  const next = createEventGenerator({ stream: 'orders', seed: 7, partitions, now: Date.now });
  const producer = await connectProducer(broker.brokers);
  let bytes = 0;
  try {
    for (let sent = 0; sent < events && !stop.aborted;) {
      const count = Math.min(EVENTS_PER_SEND, events - sent);
      const messages = Array.from({ length: count }, next);
      for (const { value } of messages) bytes += value?.length ?? 0;
      await producer.send({
        topic,
        messages: messages.map(({ key, value, partition }) => ({ key, value, partition })),
      });
      sent += count;
      progress(sent);
    }
  } finally {
    await producer.disconnect();
  }
  return Math.round(bytes / events);
}
