import { join } from 'node:path';
import type { SourceKind, StreamContract } from '@das/contracts';
import { startMoto, type Moto } from '@das/testing';
import type { DemoStream } from '../streams';
import { journalServer } from './journal';
import { kafkaServer } from './kafka';
import { kinesisServer } from './kinesis';
import { s3Server } from './s3';
import type { FeedServer, StreamFeed } from './stream-feed';

/** A stream with what feeds it. */
export interface FedStream extends DemoStream {
  readonly feed: StreamFeed;
}

export interface Feeds {
  readonly streams: readonly FedStream[];
  close(): Promise<void>;
}

export type FeedKind = SourceKind | 'journal';

/** Which kind of source a stream has in a demo: its own, or the journal that stands for it. */
export function feedKind(
  { source: { kind } }: StreamContract,
  { kafka, journal }: { readonly kafka: boolean; readonly journal: boolean },
): FeedKind {
  const isThere = kind === 'kafka' ? kafka : !journal;
  return isThere ? kind : 'journal';
}

/** Starts the servers that the streams need, and makes their logs. */
export async function openFeeds(
  dir: string,
  streams: readonly DemoStream[],
  options: { readonly kafka: boolean; readonly journal: boolean },
): Promise<Feeds> {
  const servers = new Servers(dir);
  const fed = await Promise.all(
    streams.map(async (stream) => ({
      ...stream,
      feed: await servers.feed(stream.contract, feedKind(stream.contract, options)),
    })),
  );
  return { streams: fed, close: async () => servers.close() };
}

/** Each is started once it is asked for. */
class Servers {
  private readonly servers = new Map<FeedKind, Promise<FeedServer>>();
  private moto: Promise<Moto> | undefined;

  constructor(private readonly dir: string) {}

  async feed(contract: StreamContract, kind: FeedKind): Promise<StreamFeed> {
    let server = this.servers.get(kind);
    if (server === undefined) {
      server = this.start(kind);
      this.servers.set(kind, server);
    }
    return (await server).feed(contract);
  }

  async close(): Promise<void> {
    for (const server of this.servers.values()) await (await server).close();
    await (await this.moto)?.process.stop();
  }

  private async start(kind: FeedKind): Promise<FeedServer> {
    switch (kind) {
      case 'journal':
        return journalServer(join(this.dir, 'journal'));
      case 'kafka':
        return kafkaServer(join(this.dir, 'kafka'));
      case 'kinesis':
        return kinesisServer(await this.aws());
      case 's3':
        return s3Server(await this.aws());
    }
  }

  /** moto's URL: DynamoDB, S3 and SQS. */
  private async aws(): Promise<string> {
    this.moto ??= startMoto(join(this.dir, 'logs', 'moto.log'));
    return (await this.moto).url;
  }
}
