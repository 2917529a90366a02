import {
  asFailure,
  type Checkpoint,
  type LogBounds,
  type PartitionConsumer,
  type Position,
  type SeekTarget,
  type SourceFailure,
  type SourcePartition,
} from '@das/pipeline';
import { changeOfCheckpoint, type LeaseChange } from './lease-item';
import type { Hold, LeaseTable } from './lease-table';
import { boundsOf } from './shard-bounds';
import type { ShardLog } from './shard-log';
import { ShardReader } from './shard-reader';

export interface PartitionOptions {
  readonly log: ShardLog;
  readonly table: LeaseTable;
  readonly hold: Hold;
  readonly onFailure: (failure: SourceFailure) => void;
  /** Before a shard is noted as done: those that came of it are written down, to be read from their beginning. */
  readonly onDone: (shard: string) => Promise<void>;
  /** Nothing is left to be done for the shard: it is revoked. */
  readonly onFinished: () => void;
}

/** A shard whose lease is ours, as far as we know. */
export class KinesisPartition implements SourcePartition {
  readonly id: string;
  private readonly reader: ShardReader;
  private consumer: PartitionConsumer | undefined;
  /** When the last write that the table took was begun, by the process's own clock. */
  private provenMs = performance.now();
  /** What is known of positions that a first start may be pinned to: nothing after them arrived before that time. */
  private pins = new Map<Position, number>();
  private checkpointed: Position | undefined;

  constructor(private readonly options: PartitionOptions) {
    this.id = options.log.shard.id;
    this.reader = new ShardReader({
      log: options.log,
      onFailure: options.onFailure,
      consumer: () => this.attached,
    });
  }

  get log(): ShardLog {
    return this.options.log;
  }

  /** For so long no write of the lease has come through. */
  get silentMs(): number {
    return performance.now() - this.provenMs;
  }

  /** Set before anything is read: a seek within `onAssigned` delivers only later. */
  attach(consumer: PartitionConsumer): void {
    this.consumer = consumer;
  }

  async bounds(): Promise<LogBounds> {
    const { log, table } = this.options;
    const nowMs = Date.now();
    const [stream, lease, first] = await Promise.all([log.facts(), table.read(this.id), log.first()]);
    const last = this.reader.latest?.window.end ?? (first === undefined ? undefined : await log.last());
    const bounds = boundsOf({
      nowMs,
      stream,
      shard: log.shard,
      first,
      last,
      checkpoint: lease?.checkpoint,
      nothingBeforeMs: lease?.nothingBeforeMs,
    });
    this.pins = new Map([
      [bounds.before, first?.arrivedMs ?? nowMs],
      [bounds.last, nowMs],
    ]);
    if (bounds.before === bounds.last) this.pins.set(bounds.before, first?.arrivedMs ?? nowMs);
    return bounds;
  }

  async readCheckpoint(): Promise<Checkpoint | undefined> {
    return (await this.options.table.read(this.id))?.checkpoint;
  }

  async writeCheckpoint(checkpoint: Checkpoint): Promise<void> {
    const { position, kind, sourceMs } = checkpoint;
    if (kind === 'done') await this.options.onDone(this.id);
    await this.write({
      ...changeOfCheckpoint(checkpoint),
      ...(kind === 'started'
        ? { nothingBeforeMs: this.pins.get(position), skipped: this.isSkipping(position) || undefined }
        : { nothingBeforeMs: sourceMs }),
    });
    this.checkpointed = position;
    this.reader.window?.done(position);
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
    try {
      await this.write({});
      return true;
    } catch (thrown) {
      const failure = asFailure(thrown);
      if (failure.code === 'not_owner') return false;
      throw failure;
    }
  }

  /** A sign of life; and where all that was delivered is committed, that nothing has come after it until now. */
  async beat(): Promise<void> {
    const { latest } = this.reader;
    const isQuiet = latest !== undefined && latest.window.end === this.checkpointed;
    await this.write(isQuiet ? { nothingBeforeMs: latest.atMs } : {});
  }

  async countRecords(from: Position, to: Position): Promise<number | undefined> {
    return Promise.resolve(this.reader.window?.count(from, to));
  }

  async timeOfFirst(): Promise<number> {
    return (await this.log.first())?.arrivedMs ?? Date.now();
  }

  async finished(): Promise<void> {
    await this.write({ finished: true, owner: undefined });
    this.options.onFinished();
  }

  /** The lease is somebody else's, or nobody's: ends delivery at once and tells the consumer. */
  async revoke(): Promise<void> {
    const closing = this.reader.close();
    this.attached.revoked();
    await closing;
  }

  /** Ends delivery at once and gives the lease back. */
  async release(): Promise<void> {
    await this.reader.close();
    // It has expired, or is somebody else's.
    await this.write({ owner: undefined }).catch(() => undefined);
  }

  /** A first start that passes over what a closed shard holds, as `startFrom: latest` does. */
  private isSkipping(position: Position): boolean {
    const [before] = this.pins.keys();
    return this.log.shard.isClosed && before !== undefined && position !== before;
  }

  private async write(change: LeaseChange): Promise<void> {
    const begunMs = performance.now();
    await this.options.table.write(this.options.hold, change);
    this.provenMs = begunMs;
  }

  private get attached(): PartitionConsumer {
    if (this.consumer === undefined) throw new Error('nothing is delivered before attach()');
    return this.consumer;
  }
}
