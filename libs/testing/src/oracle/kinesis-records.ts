import {
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListShardsCommand,
  type KinesisClient,
} from '@aws-sdk/client-kinesis';
import { unpackAggregate } from '../events/kpl-aggregate';
import { md5, type ExpectedRecord } from './expected-records';
import { landingOn, type Landing } from './landing';

/** Reads every shard of a stream, closed ones too, from its beginning to where it ends now; while nothing is put. */
export async function* kinesisRecords(
  client: KinesisClient,
  stream: string,
  landing: Landing = landingOn(stream),
): AsyncGenerator<ExpectedRecord> {
  const { Shards = [] } = await client.send(new ListShardsCommand({ StreamName: stream }));
  for (const { ShardId = '' } of Shards) {
    const begin = new GetShardIteratorCommand({
      StreamName: stream,
      ShardId,
      ShardIteratorType: 'TRIM_HORIZON',
    });
    let iterator = (await client.send(begin)).ShardIterator;
    while (iterator !== undefined) {
      const page = await client.send(new GetRecordsCommand({ ShardIterator: iterator }));
      for (const { SequenceNumber = '', Data = new Uint8Array() } of page.Records ?? []) {
        for (const [sub, value] of (unpackAggregate(Data) ?? [Data]).entries())
          yield {
            source: `kinesis:${stream}`,
            partition: ShardId,
            position: `${SequenceNumber}:${sub}`,
            md5: value.length === 0 ? undefined : md5(landing(value)),
          };
      }
      iterator = (page.Records ?? []).length === 0 ? undefined : page.NextShardIterator;
    }
  }
}
