import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EachBatchPayload, Kafka } from 'kafkajs';
import { kafkaClient } from '../servers/kafka-broker';
import { md5, type ExpectedRecord } from './expected-records';
import { landingOn, type Landing } from './landing';

/** No batch for so long: the broker is gone, and a recount that waits for ever tells nobody. */
const SILENCE_MS = 30_000;

/** What is still to be read of a partition: from `next` up to, and without, `end`. */
interface Range {
  next: bigint;
  readonly end: bigint;
}

/**
 * Reads a topic from its beginning to where it ends now, in a group of its own. A batch that is delivered again
 * after a rebalance is counted once.
 * @throws Error when the broker falls silent before the end
 */
export async function* kafkaRecords(
  brokers: readonly string[],
  topic: string,
  landing: Landing = landingOn(topic),
): AsyncGenerator<ExpectedRecord> {
  const kafka = kafkaClient(brokers);
  const ranges = await rangesOf(kafka, topic);
  if (ranges.size === 0) return;
  const consumer = kafka.consumer({ groupId: `oracle-${randomUUID()}` });
  const queue: (readonly ExpectedRecord[])[] = [];
  let wake: () => void = () => undefined;
  await consumer.connect();
  try {
    await consumer.subscribe({ topic, fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatch: async ({ batch }) => {
        queue.push(take(ranges, batch, landing));
        wake();
      },
    });
    while (ranges.size > 0 || queue.length > 0) {
      const records = queue.shift();
      if (records !== undefined) yield* records;
      else if ((await Promise.race([new Promise<void>((go) => (wake = go)), silence()])) === 'silence') {
        throw new Error(`the broker fell silent before the end of ${topic}`);
      }
    }
  } finally {
    await consumer.disconnect();
  }
}

async function silence(): Promise<'silence'> {
  return sleep(SILENCE_MS, 'silence', { ref: false });
}

async function rangesOf(kafka: Kafka, topic: string): Promise<Map<number, Range>> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const offsets = await admin.fetchTopicOffsets(topic);
    const ranges = offsets.map(({ partition, low, high }): [number, Range] => [
      partition,
      { next: BigInt(low), end: BigInt(high) },
    ]);
    return new Map(ranges.filter(([, { next, end }]) => next < end));
  } finally {
    await admin.disconnect();
  }
}

function take(
  ranges: Map<number, Range>,
  batch: EachBatchPayload['batch'],
  landing: Landing,
): readonly ExpectedRecord[] {
  const range = ranges.get(batch.partition);
  if (range === undefined) return [];
  const fresh = batch.messages.filter(
    ({ offset }) => BigInt(offset) >= range.next && BigInt(offset) < range.end,
  );
  // Also past offsets without a message: what compaction took, transaction markers.
  range.next = BigInt(batch.lastOffset()) + 1n;
  if (range.next >= range.end) ranges.delete(batch.partition);
  return fresh.map(({ offset, value }) => ({
    source: `kafka:${batch.topic}`,
    partition: String(batch.partition),
    position: offset,
    md5: value === null ? undefined : md5(landing(value)),
  }));
}
