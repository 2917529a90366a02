import {
  type Checkpoint,
  Failure,
  type LogBounds,
  type PartitionConsumer,
  type Position,
  type SeekTarget,
  type SourceFailure,
  type SourcePartition,
} from '@das/pipeline';
import { CheckpointFile } from './checkpoint-file';
import { JournalFile } from './journal-file';
import type { JournalPaths } from './journal-paths';
import { MAX_COUNTED_BYTES } from './limits';
import type { PartitionLock } from './partition-lock';
import { PartitionReader } from './partition-reader';
import { offsetOf } from './position';

export interface JournalPartitionOptions {
  readonly id: string;
  readonly paths: JournalPaths;
  readonly consumer: string;
  readonly pollMs: number;
  readonly lock: PartitionLock;
  readonly onFailure: (failure: SourceFailure) => void;
}

/** A partition whose lock is ours. */
export class JournalPartition implements SourcePartition {
  readonly id: string;
  private readonly path: string;
  private readonly lock: PartitionLock;
  private readonly checkpoint: CheckpointFile;
  private readonly reader: PartitionReader;
  private consumer: PartitionConsumer | undefined;

  constructor({ id, paths, consumer, pollMs, lock, onFailure }: JournalPartitionOptions) {
    this.id = id;
    this.lock = lock;
    this.path = paths.log(id);
    this.checkpoint = new CheckpointFile(paths.checkpointDir(consumer), id, lock);
    this.reader = new PartitionReader({
      path: this.path,
      partition: id,
      pollMs,
      onFailure,
      consumer: () => this.attached,
    });
  }

  /** Set before anything is read: a seek within `onAssigned` delivers only later. */
  attach(consumer: PartitionConsumer): void {
    this.consumer = consumer;
  }

  async bounds(): Promise<LogBounds> {
    const last = await this.asked(JournalFile.with(this.path, 0, (file) => file.end()));
    return { before: '0', last: String(last) };
  }

  async readCheckpoint(): Promise<Checkpoint | undefined> {
    return this.asked(this.checkpoint.read());
  }

  async writeCheckpoint(checkpoint: Checkpoint): Promise<void> {
    await this.asked(this.checkpoint.write(checkpoint));
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
    return this.asked(this.lock.isHeld());
  }

  async countRecords(from: Position, to: Position): Promise<number | undefined> {
    const [start, end] = [offsetOf(from), offsetOf(to)];
    if (end - start > MAX_COUNTED_BYTES) return undefined;
    return this.asked(JournalFile.with(this.path, 0, (file) => file.countLines(start, end)));
  }

  /** The lock is gone: ends delivery at once and tells the consumer. */
  async revoke(): Promise<void> {
    const closing = this.reader.close();
    this.attached.revoked();
    await closing;
    await this.lock.release();
  }

  /** Ends delivery at once and gives the lock back. */
  async close(): Promise<void> {
    await this.reader.close();
    await this.lock.release();
  }

  private get attached(): PartitionConsumer {
    if (this.consumer === undefined) throw new Error('nothing is delivered before attach()');
    return this.consumer;
  }

  /** The answer, or a failure that is tried again. */
  private async asked<T>(answer: Promise<T>): Promise<T> {
    try {
      return await answer;
    } catch (thrown) {
      if (thrown instanceof Failure) throw thrown;
      const message = `the files of partition ${this.id} cannot be used`;
      throw new Failure('transient', 'journal_unreadable', message, { cause: thrown });
    }
  }
}
