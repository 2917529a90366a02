import type {
  EventDecoder,
  OnAssigned,
  PartitionConsumer,
  SeekTarget,
  Source,
  SourcePartition,
  SourceRecord,
} from '@das/pipeline';

/**
 * A source that delivers records once their schemas are known. The pipeline settles a record at once, and a lookup
 * takes a while: a batch with a new schema waits here, before it is delivered, and its partition is not read on.
 */
export function preparedSource(source: Source, decoder: EventDecoder): Source {
  const partitions = new Set<PreparedPartition>();
  return {
    name: source.name,
    compare: (a, b) => source.compare(a, b),
    async start(onAssigned: OnAssigned, onFailure) {
      await source.start((inner) => {
        const partition = new PreparedPartition(inner, decoder);
        partitions.add(partition);
        const consumer = onAssigned(partition.outer);
        partition.consumer = consumer;
        return {
          deliver: (records) => {
            partition.deliver(records);
          },
          disturbed: () => {
            partition.drop();
            consumer.disturbed();
          },
          ended: () => {
            partition.ended();
          },
          revoked: () => {
            partition.drop();
            partitions.delete(partition);
            consumer.revoked();
          },
        };
      }, onFailure);
    },
    async stop() {
      for (const partition of partitions) partition.drop();
      await source.stop();
      await decoder.close();
    },
  };
}

/** One partition, as the pipeline sees it. */
class PreparedPartition {
  consumer: PartitionConsumer | undefined;
  readonly outer: SourcePartition;
  /** Read, and waiting for schemas, or for the pipeline to resume. Nothing more is read meanwhile. */
  private held: readonly SourceRecord[] = [];
  private paused = false;
  /** The last of the partition is delivered, or held. */
  private hasEnded = false;
  /** A lookup for `held` is under way. */
  private waiting = false;
  /** Grows when what is held is dropped, so that a lookup for it is recognised. */
  private turn = 0;

  constructor(
    private readonly inner: SourcePartition,
    private readonly decoder: EventDecoder,
  ) {
    this.outer = {
      id: inner.id,
      bounds: async () => inner.bounds(),
      readCheckpoint: async () => inner.readCheckpoint(),
      writeCheckpoint: async (checkpoint) => inner.writeCheckpoint(checkpoint),
      proveOwnership: async () => inner.proveOwnership(),
      countRecords: async (from, to) => inner.countRecords(from, to),
      ...(inner.timeOfFirst !== undefined && {
        timeOfFirst: async (notBeforeMs: number) => inner.timeOfFirst?.(notBeforeMs) ?? notBeforeMs,
      }),
      ...(inner.finished !== undefined && { finished: async () => inner.finished?.() }),
      seek: (target) => {
        this.seek(target);
      },
      pause: () => {
        this.paused = true;
        inner.pause();
      },
      resume: () => {
        this.paused = false;
        this.advance();
      },
    };
  }

  deliver(records: readonly SourceRecord[]): void {
    if (this.held.length === 0 && this.decoder.ready(records) === records.length) {
      this.consumer?.deliver(records);
      return;
    }
    this.held = this.held.length === 0 ? records : [...this.held, ...records];
    this.inner.pause();
    this.advance();
  }

  /** Told once nothing is held. */
  ended(): void {
    this.hasEnded = true;
    this.advance();
  }

  /** What is held will never be delivered. */
  drop(): void {
    this.held = [];
    this.hasEnded = false;
    this.waiting = false;
    this.turn++;
  }

  private seek(target: SeekTarget): void {
    this.drop();
    this.inner.seek(target);
    // Reading may have stopped for what was held.
    if (!this.paused) this.inner.resume();
  }

  /** Delivers what can be, asks for what the next record needs, and reads on once nothing is held. */
  private advance(): void {
    while (this.held.length > 0) {
      if (this.paused || this.waiting) return;
      const ready = this.decoder.ready(this.held);
      if (ready === 0) {
        void this.wait();
        return;
      }
      this.deliverHeld(ready);
    }
    if (this.hasEnded) this.consumer?.ended();
    else if (!this.paused) this.inner.resume();
  }

  private async wait(): Promise<void> {
    this.waiting = true;
    const { turn } = this;
    await this.decoder.prepare(this.held);
    if (turn !== this.turn) return;
    this.waiting = false;
    // What cannot be had now is the pipeline's matter: its step throws what is wrong, and it begins again.
    if (!this.paused && this.decoder.ready(this.held) === 0) this.deliverHeld(this.held.length);
    this.advance();
  }

  private deliverHeld(count: number): void {
    const records = this.held.slice(0, count);
    this.held = this.held.slice(count);
    this.consumer?.deliver(records);
  }
}
