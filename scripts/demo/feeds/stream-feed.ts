import type { SourceKind, StreamContract } from '@das/contracts';
import type { CollectorSource, ExpectedRecord, GeneratedEvent, Landing } from '@das/testing';

/** Where the events of a stream go, and where the oracle finds them again. */
export interface StreamFeed {
  /** What its collector reads. */
  readonly source: CollectorSource;
  send(events: readonly GeneratedEvent[]): Promise<void>;
  /** Resolves once everything that was sent is in the source. */
  flush(): Promise<void>;
  /** @param landing - what is to land of a value */
  records(landing: Landing): AsyncIterable<ExpectedRecord>;
}

/** What holds the logs of all streams of a kind. */
export interface FeedServer<Kind extends SourceKind = SourceKind> {
  /** Makes the log of a stream. */
  feed(contract: StreamContract<Kind>): Promise<StreamFeed>;
  close(): Promise<void>;
}

/** For what has nothing to flush. */
export const flushed = async (): Promise<void> => Promise.resolve();
