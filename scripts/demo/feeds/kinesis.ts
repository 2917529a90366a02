import { createLeaseTable, Kinesis, kinesisRecords } from '@das/testing';
import { flushed, type FeedServer } from './stream-feed';

const LEASES = 'das-leases';
const SHARDS = 2;

/** kinesalite in this process. @param leases - where DynamoDB is, for who reads which shard */
export async function kinesisServer(leases: string): Promise<FeedServer<'kinesis'>> {
  const [kinesis] = await Promise.all([Kinesis.start(), createLeaseTable(leases, LEASES)]);
  return {
    async feed({ source: { stream } }) {
      await kinesis.createStream(stream, SHARDS);
      return {
        source: { kind: 'kinesis', url: kinesis.front.url, leases, table: LEASES },
        async send(events) {
          const entries = events.map(({ key, value }) => ({
            key: key.toString(),
            data: value ?? Buffer.alloc(0),
          }));
          await kinesis.put(stream, entries);
        },
        flush: flushed,
        records: (landing) => kinesisRecords(kinesis.client, stream, landing),
      };
    },
    close: async () => kinesis.stop(),
  };
}
