import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  CreateStreamCommand,
  DeleteStreamCommand,
  KinesisClient,
  ListShardsCommand,
  MergeShardsCommand,
  PutRecordsCommand,
  SplitShardCommand,
  type Shard,
} from '@aws-sdk/client-kinesis';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import kinesalite from 'kinesalite';
import { until } from '../wait';
import { boundPages } from './kinesalite-pages';
import { KinesisFront } from './kinesis-front';

boundPages();

/** A record to be put; a hash key that is given decides on the shard, else the partition key does. */
export interface KinesisEntry {
  readonly key: string;
  readonly data: Uint8Array;
  readonly hashKey?: string;
}

/** The service takes so many records in one request. */
const MOST_RECORDS = 500;
const MOST_BYTES = 4_000_000;

/** Kinesis in this process, on loopback: kinesalite behind a front that can fail. */
export class Kinesis {
  private constructor(
    private readonly server: Server,
    readonly front: KinesisFront,
    readonly client: KinesisClient,
  ) {}

  static async start(): Promise<Kinesis> {
    const server = kinesalite({ createStreamMs: 5, deleteStreamMs: 5, updateStreamMs: 5, shardLimit: 1_000 });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const front = await new KinesisFront(
      `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ).start();
    const client = new KinesisClient({
      endpoint: front.url,
      region: 'us-east-1',
      credentials: { accessKeyId: 'testing', secretAccessKey: 'testing' },
      requestHandler: new NodeHttpHandler(),
    });
    return new Kinesis(server, front, client);
  }

  async stop(): Promise<void> {
    this.client.destroy();
    await this.front.stop();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  async createStream(stream: string, shards: number): Promise<void> {
    await this.client.send(new CreateStreamCommand({ StreamName: stream, ShardCount: shards }));
    await this.settled(stream, shards);
  }

  async deleteStream(stream: string): Promise<void> {
    await this.client.send(new DeleteStreamCommand({ StreamName: stream }));
    await until('the stream is gone', async () =>
      this.shards(stream).then(
        () => false,
        () => true,
      ),
    );
  }

  async shards(stream: string): Promise<readonly Shard[]> {
    return (await this.client.send(new ListShardsCommand({ StreamName: stream }))).Shards ?? [];
  }

  /** In order, one request after another. @returns where each was put */
  async put(
    stream: string,
    entries: readonly KinesisEntry[],
  ): Promise<readonly { shard: string; sequence: string }[]> {
    const places: { shard: string; sequence: string }[] = [];
    for (const portion of portionsOf(entries)) {
      const answer = await this.client.send(
        new PutRecordsCommand({
          StreamName: stream,
          Records: portion.map(({ key, data, hashKey }) => ({
            PartitionKey: key,
            Data: data,
            ...(hashKey !== undefined && { ExplicitHashKey: hashKey }),
          })),
        }),
      );
      for (const { ShardId = '', SequenceNumber = '' } of answer.Records ?? [])
        places.push({ shard: ShardId, sequence: SequenceNumber });
    }
    return places;
  }

  /** Splits an open shard in the middle. */
  async split(stream: string, shard: string): Promise<void> {
    const open = await this.open(stream);
    const range = open.find(({ ShardId }) => ShardId === shard)?.HashKeyRange;
    const [from, to] = [BigInt(range?.StartingHashKey ?? 0), BigInt(range?.EndingHashKey ?? 0)];
    const middle = String((from + to) / 2n);
    await this.client.send(
      new SplitShardCommand({ StreamName: stream, ShardToSplit: shard, NewStartingHashKey: middle }),
    );
    await this.settled(stream, open.length + 1);
  }

  /** Merges an open shard with the one whose keys follow. */
  async merge(stream: string, shard: string): Promise<void> {
    const open = await this.open(stream);
    const end = open.find(({ ShardId }) => ShardId === shard)?.HashKeyRange?.EndingHashKey;
    const next = String(BigInt(end ?? 0) + 1n);
    const adjacent = open.find(({ HashKeyRange }) => HashKeyRange?.StartingHashKey === next)?.ShardId;
    await this.client.send(
      new MergeShardsCommand({ StreamName: stream, ShardToMerge: shard, AdjacentShardToMerge: adjacent }),
    );
    await this.settled(stream, open.length - 1);
  }

  /** Those that take records, in the order of their keys. */
  async open(stream: string): Promise<readonly Shard[]> {
    const first = ({ HashKeyRange }: Shard): bigint => BigInt(HashKeyRange?.StartingHashKey ?? 0);
    return (await this.shards(stream))
      .filter(({ SequenceNumberRange }) => SequenceNumberRange?.EndingSequenceNumber === undefined)
      .sort((a, b) => (first(a) < first(b) ? -1 : 1));
  }

  private async settled(stream: string, open: number): Promise<void> {
    await until(`${stream} has ${open} open shards`, async () => (await this.open(stream)).length === open);
  }
}

function portionsOf(entries: readonly KinesisEntry[]): readonly (readonly KinesisEntry[])[] {
  const portions: KinesisEntry[][] = [[]];
  let bytes = 0;
  for (const entry of entries) {
    const last = portions.at(-1) ?? [];
    bytes += entry.data.length + entry.key.length;
    if (last.length > 0 && (last.length >= MOST_RECORDS || bytes > MOST_BYTES)) {
      portions.push([entry]);
      bytes = entry.data.length;
    } else last.push(entry);
  }
  return portions.filter(({ length }) => length > 0);
}
