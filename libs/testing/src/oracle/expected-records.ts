import { createHash } from 'node:crypto';
import { createReadStream, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { kafkaClient } from '../servers/kafka-broker';

/** A record as the oracle itself found it in the source. */
export interface ExpectedRecord {
  readonly partition: string;
  readonly position: string;
  /** MD5 of the value, to compare with what landed; undefined: a tombstone, which leaves no row. */
  readonly md5: string | undefined;
}

function md5(bytes: Uint8Array): string {
  return createHash('md5').update(bytes).digest('hex');
}

/** Reads a topic of a journal: whole lines; a position is the offset just after the line. */
export async function* journalRecords(dir: string, topic: string): AsyncGenerator<ExpectedRecord> {
  for (const file of readdirSync(join(dir, topic)).filter((name) => name.endsWith('.ndjson'))) {
    const partition = file.slice(0, -'.ndjson'.length);
    let offset = 0;
    let rest = Buffer.alloc(0);
    for await (const chunk of createReadStream(join(dir, topic, file)) as AsyncIterable<Buffer>) {
      rest = Buffer.concat([rest, chunk]);
      let start = 0;
      for (let end = rest.indexOf(0x0a); end >= 0; end = rest.indexOf(0x0a, start)) {
        const line = rest.subarray(start, end);
        start = end + 1;
        yield { partition, position: String(offset + start), md5: line.length === 0 ? undefined : md5(line) };
      }
      offset += start;
      rest = rest.subarray(start);
    }
  }
}

/** Reads a topic from its beginning to where it ends now, in a group of its own. */
export async function* kafkaRecords(
  brokers: readonly string[],
  topic: string,
): AsyncGenerator<ExpectedRecord> {
  const kafka = kafkaClient(brokers);
  const admin = kafka.admin();
  await admin.connect();
  const ends = new Map<number, bigint>();
  for (const { partition, high, low } of await admin.fetchTopicOffsets(topic)) {
    if (BigInt(high) > BigInt(low)) ends.set(partition, BigInt(high));
  }
  await admin.disconnect();
  if (ends.size === 0) return;

  const consumer = kafka.consumer({ groupId: `oracle-${Date.now()}-${Math.random().toString(36).slice(2)}` });
  const queue: ExpectedRecord[][] = [];
  let wake: () => void = () => undefined;
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await consumer.run({
    autoCommit: false,
    eachBatch: async ({ batch }) => {
      await Promise.resolve();
      const end = ends.get(batch.partition);
      if (end === undefined) return;
      queue.push(
        batch.messages
          .filter(({ offset }) => BigInt(offset) < end)
          .map(({ offset, value }) => ({
            partition: String(batch.partition),
            position: offset,
            md5: value === null ? undefined : md5(value),
          })),
      );
      if (BigInt(batch.lastOffset()) >= end - 1n) ends.delete(batch.partition);
      wake();
    },
  });
  try {
    while (ends.size > 0 || queue.length > 0) {
      const next = queue.shift();
      if (next !== undefined) yield* next;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    await consumer.disconnect();
  }
}
