import type { KinesisClient, ShardIteratorType, _Record } from '@aws-sdk/client-kinesis';
import { AWS_CLIENT, refuseClear } from '@das/aws';
import { classifyKinesis } from './classify';
import type { Shard } from './shard';

/** Where an iterator begins. */
export type IteratorStart =
  | { readonly at: 'horizon' }
  /** A sequence number. */
  | { readonly at: 'sequence'; readonly sequence: string }
  /** Epoch milliseconds. */
  | { readonly at: 'time'; readonly ms: number };

/** One answer of GetRecords. */
export interface Page {
  readonly records: readonly _Record[];
  /** Where the next page begins; undefined: the shard is closed and this is its end. */
  readonly next: string | undefined;
  /** Nothing lay behind it when it was read. */
  readonly isLatest: boolean;
}

export interface StreamFacts {
  readonly createdMs: number;
  readonly retentionMs: number;
}

/** What is asked of Kinesis about one stream. Every method throws Failure. */
export interface KinesisApi {
  describe(): Promise<StreamFacts>;
  listShards(): Promise<readonly Shard[]>;
  iterator(shard: string, start: IteratorStart): Promise<string>;
  read(iterator: string, limit?: number): Promise<Page>;
  close(): void;
}

const HOUR_MS = 3_600_000;

/** The SDK is loaded only here: a collector of another source does without it. */
export async function openKinesis(stream: string): Promise<KinesisApi> {
  const [sdk, { NodeHttpHandler }] = await Promise.all([
    import('@aws-sdk/client-kinesis'),
    import('@smithy/node-http-handler'),
  ]);
  const client: KinesisClient = new sdk.KinesisClient({
    ...AWS_CLIENT,
    // Its own handler speaks HTTP/2, which no local endpoint does.
    requestHandler: new NodeHttpHandler(AWS_CLIENT.requestHandler),
    // Throttling slows the poll down; tried again at once, it would cost the shard more of its reads.
    maxAttempts: 1,
  });
  client.middlewareStack.use(refuseClear);
  const StreamName = stream;
  return {
    async describe() {
      const { StreamDescriptionSummary: found } = await asked(
        client.send(new sdk.DescribeStreamSummaryCommand({ StreamName })),
      );
      return {
        createdMs: found?.StreamCreationTimestamp?.getTime() ?? 0,
        retentionMs: (found?.RetentionPeriodHours ?? 0) * HOUR_MS,
      };
    },
    async listShards() {
      const shards: Shard[] = [];
      let token: string | undefined;
      do {
        const query = token === undefined ? { StreamName } : { NextToken: token };
        const { Shards = [], NextToken } = await asked(client.send(new sdk.ListShardsCommand(query)));
        for (const { ShardId, SequenceNumberRange, ParentShardId, AdjacentParentShardId } of Shards) {
          if (ShardId === undefined || SequenceNumberRange?.StartingSequenceNumber === undefined) continue;
          const parents = [ParentShardId, AdjacentParentShardId].filter((id) => id !== undefined);
          shards.push({
            id: ShardId,
            start: SequenceNumberRange.StartingSequenceNumber,
            isClosed: SequenceNumberRange.EndingSequenceNumber !== undefined,
            parents,
          });
        }
        token = NextToken;
      } while (token !== undefined);
      return shards;
    },
    async iterator(shard, start) {
      const { ShardIterator } = await asked(
        client.send(new sdk.GetShardIteratorCommand({ StreamName, ShardId: shard, ...iteratorOf(start) })),
      );
      return ShardIterator ?? '';
    },
    async read(iterator, limit) {
      const query = { ShardIterator: iterator, ...(limit !== undefined && { Limit: limit }) };
      const {
        Records = [],
        NextShardIterator,
        MillisBehindLatest,
      } = await asked(client.send(new sdk.GetRecordsCommand(query)));
      return { records: Records, next: NextShardIterator, isLatest: (MillisBehindLatest ?? 0) === 0 };
    },
    close() {
      client.destroy();
    },
  };
}

function iteratorOf(start: IteratorStart) {
  const type = (ShardIteratorType: ShardIteratorType) => ({ ShardIteratorType });
  switch (start.at) {
    case 'horizon':
      return type('TRIM_HORIZON');
    case 'sequence':
      return { ...type('AT_SEQUENCE_NUMBER'), StartingSequenceNumber: start.sequence };
    case 'time':
      return { ...type('AT_TIMESTAMP'), Timestamp: new Date(start.ms) };
  }
}

async function asked<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (thrown) {
    throw classifyKinesis(thrown);
  }
}
