import {
  Failure,
  type Checkpoint,
  type OnAssigned,
  type PartitionConsumer,
  type SeekTarget,
  type Source,
  type SourcePartition,
  type SourceRecord,
} from '@das/pipeline';

/** A log of one partition in memory, which outlives the instances that read it, and what they noted there. */
export class MemoryLog {
  readonly records: SourceRecord[] = [];
  checkpoint: Checkpoint | undefined;
  owner: MemorySource | undefined;
  /** It never has more records: an object of a bucket rather than a topic. Set before it is taken. */
  closed = false;
  /** So many of the first records are gone: retention has passed them. */
  trimmed = 0;
  /** Of a closed log: nobody takes it again. */
  finished = false;

  /** `null` is a tombstone. */
  append(value: string | null): void {
    const bytes = value === null ? null : Buffer.from(value);
    const position = String(this.records.length);
    this.records.push({ position, key: null, value: bytes, timestampMs: 0, headers: [] });
  }
}

/**
 * One instance that reads a `MemoryLog`. Nothing happens by itself: `take` is a rebalance in its favour,
 * `poll` a fetch, `learnOfLoss` the news that another instance has the partition now.
 */
export class MemorySource implements Source {
  readonly name = 'memory:test';
  private consumer: PartitionConsumer | undefined;
  private next: number | undefined;
  private paused = false;
  private assign: OnAssigned | undefined;

  constructor(private readonly log: MemoryLog) {}

  compare(a: string, b: string): number {
    return Number(a) - Number(b);
  }

  async start(onAssigned: OnAssigned): Promise<void> {
    await Promise.resolve();
    this.assign = onAssigned;
  }

  async stop(): Promise<void> {
    await Promise.resolve();
    if (this.log.owner === this) this.log.owner = undefined;
    this.assign = undefined;
    this.forget();
  }

  take(): void {
    if (this.assign === undefined || this.log.finished) return;
    this.log.owner = this;
    this.consumer ??= this.assign(this.partition());
  }

  learnOfLoss(): void {
    if (this.log.owner === this) return;
    this.consumer?.revoked();
    this.forget();
  }

  /** Delivers at most `count` records. */
  poll(count: number): void {
    if (this.paused || this.next === undefined || this.consumer === undefined) return;
    const records = this.log.records.slice(this.next, this.next + count);
    this.next += records.length;
    if (records.length > 0) this.consumer.deliver(records);
    if (this.log.closed && this.next === this.log.records.length) this.consumer.ended();
  }

  private forget(): void {
    this.consumer = undefined;
    this.next = undefined;
    this.paused = false;
  }

  private partition(): SourcePartition {
    const { log } = this;
    return {
      id: '0',
      bounds: async () =>
        Promise.resolve({ before: String(log.trimmed - 1), last: String(log.records.length - 1) }),
      readCheckpoint: async () => Promise.resolve(log.checkpoint),
      writeCheckpoint: async (checkpoint) => {
        await Promise.resolve();
        if (log.owner !== this) throw new Failure('transient', 'not_owner', 'not the owner');
        log.checkpoint = checkpoint;
      },
      proveOwnership: async () => Promise.resolve(log.owner === this),
      seek: (target: SeekTarget) => {
        const wanted = 'at' in target ? Number(target.at) : Number(target.after) + 1;
        this.next = Math.max(log.trimmed, wanted);
      },
      pause: () => {
        this.paused = true;
      },
      resume: () => {
        this.paused = false;
      },
      countRecords: async (from, to) => Promise.resolve(Number(to) - Number(from)),
      ...(log.closed && { finished: async () => this.finish() }),
    };
  }

  private async finish(): Promise<void> {
    await Promise.resolve();
    this.log.finished = true;
    this.log.owner = undefined;
    this.learnOfLoss();
  }
}
