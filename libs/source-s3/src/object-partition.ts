import type {
  Checkpoint,
  LogBounds,
  PartitionConsumer,
  Position,
  SeekTarget,
  SourcePartition,
} from '@das/pipeline';
import type { Bucket } from './aws/bucket';
import type { Ledger } from './ledger';
import type { Claim } from './ledger-entry';
import { ObjectGone } from './object-fault';
import { ObjectReader, type ReaderOptions } from './object-reader';
import type { ObjectRef } from './object-ref';
import { END, lineOf } from './position';

export interface ObjectPartitionOptions extends Omit<ReaderOptions, 'consumer'> {
  readonly claim: Claim;
  readonly ledger: Ledger;
  /** The ledger says that it is closed: it is forgotten. */
  readonly onClosed: () => Promise<void>;
}

/** An object that this process has claimed. Positions are numbers of lines, from 1. */
export class ObjectPartition implements SourcePartition {
  readonly id: string;
  readonly object: ObjectRef;
  readonly claim: Claim;
  private readonly bucket: Bucket;
  private readonly reader: ObjectReader;
  private consumer: PartitionConsumer | undefined;

  constructor(private readonly options: ObjectPartitionOptions) {
    this.object = options.object;
    this.id = options.object.id;
    this.claim = options.claim;
    this.bucket = options.bucket;
    this.reader = new ObjectReader({ ...options, consumer: () => this.attached });
  }

  /** Set before anything is read: a seek within `onAssigned` delivers only later. */
  attach(consumer: PartitionConsumer): void {
    this.consumer = consumer;
  }

  /** An object that is gone has no line that can be read, and nobody knows how many there were. */
  async bounds(): Promise<LogBounds> {
    if (await this.isGone()) return { before: END, last: END };
    const { lines } = this.reader;
    return { before: '0', last: lines === undefined ? END : String(lines) };
  }

  async readCheckpoint(): Promise<Checkpoint | undefined> {
    return this.options.ledger.read(this.id);
  }

  async writeCheckpoint(checkpoint: Checkpoint): Promise<void> {
    await this.options.ledger.note(this.claim, checkpoint);
  }

  seek(target: SeekTarget): void {
    this.reader.seek(target);
  }

  pause(): void {
    this.reader.pause();
  }

  resume(): void {
    this.reader.resume();
  }

  async proveOwnership(): Promise<boolean> {
    return this.options.ledger.renew(this.claim);
  }

  async countRecords(from: Position, to: Position): Promise<number | undefined> {
    const count = lineOf(to) - lineOf(from);
    return Promise.resolve(Number.isFinite(count) ? count : undefined);
  }

  async finished(): Promise<void> {
    await this.options.ledger.end(this.claim, 'closed');
    await this.options.onClosed();
  }

  /** Ends delivery at once, and tells the consumer that it is somebody else's. */
  async revoke(): Promise<void> {
    const closing = this.close();
    this.attached.revoked();
    await closing;
  }

  /** Ends delivery at once. */
  async close(): Promise<void> {
    await this.reader.close();
  }

  private async isGone(): Promise<boolean> {
    try {
      await this.bucket.head(this.object);
      return false;
    } catch (thrown) {
      if (thrown instanceof ObjectGone) return true;
      throw thrown;
    }
  }

  private get attached(): PartitionConsumer {
    if (this.consumer === undefined) throw new Error('nothing is delivered before attach()');
    return this.consumer;
  }
}
