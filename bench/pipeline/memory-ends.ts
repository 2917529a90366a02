import type {
  PartitionConsumer,
  Sink,
  SinkChannel,
  Source,
  SourcePartition,
  SourceRecord,
} from '@das/pipeline';

/** A source of one partition whose records are in memory already, handed over when the bench says so. */
export class MemoryEnd implements Source {
  readonly name = 'kafka:orders.v1';
  private consumer: PartitionConsumer | undefined;
  private sought: () => void = () => undefined;
  /** Resolves once the pipeline has opened its channel and asked for records. */
  readonly ready = new Promise<void>((resolve) => (this.sought = resolve));

  compare(a: string, b: string): number {
    return Number(a) - Number(b);
  }

  async start(onAssigned: (partition: SourcePartition) => PartitionConsumer): Promise<void> {
    this.consumer = onAssigned({
      id: '0',
      bounds: async () => ({ before: '-1', last: String(Number.MAX_SAFE_INTEGER) }),
      readCheckpoint: async () => undefined,
      writeCheckpoint: async () => undefined,
      seek: () => {
        this.sought();
      },
      pause: () => undefined,
      resume: () => undefined,
      proveOwnership: async () => true,
      countRecords: async () => 0,
    });
  }

  deliver(records: readonly SourceRecord[]): void {
    this.consumer?.deliver(records);
  }

  async stop(): Promise<void> {
    return Promise.resolve();
  }
}

/** Takes every append at once and commits nothing. */
export const forgetfulSink: Sink = {
  limits: { maxAppendBytes: 4_000_000 },
  open: async (): Promise<SinkChannel> => ({
    opened: { committedToken: undefined, rowsRejected: 0 },
    append: async () => undefined,
    close: () => undefined,
  }),
  statuses: async () => new Map(),
  drop: async () => undefined,
  stop: async () => undefined,
};
