import type { Failure, Source, SourceFailure, SourcePartition, SourceRecord } from '@das/pipeline';

/** One assigned partition and what came of it. */
export interface Held {
  readonly partition: SourcePartition;
  /** Everything delivered, in order. */
  readonly records: SourceRecord[];
  disturbed: number;
  revoked: boolean;
  ended: number;
  /** Called with each batch, after it was noted. */
  onBatch: ((batch: readonly SourceRecord[]) => void) | undefined;
  /** Called with each end of the partition, after it was counted. */
  onEnded?: (() => void) | undefined;
}

/** What is done with a partition when it is assigned. */
export type Begin = (held: Held) => void;

/** Leaves a new partition alone. */
export const leaveAlone: Begin = () => undefined;

/** Reads a new partition on from its checkpoint, or from its first record. */
export const readOn: Begin = ({ partition }) => {
  void (async () => {
    const checkpoint = await partition.readCheckpoint();
    partition.seek({ after: checkpoint?.position ?? (await partition.bounds()).before });
  })();
};

/** An instance of a source whose consumers write down everything that they are told. */
export class SourceReader {
  readonly held: Held[] = [];
  readonly failures: SourceFailure[] = [];

  constructor(
    readonly source: Source,
    private readonly begin: Begin = readOn,
  ) {}

  async start(): Promise<this> {
    await this.source.start(
      (partition) => {
        const held: Held = {
          partition,
          records: [],
          disturbed: 0,
          ended: 0,
          revoked: false,
          onBatch: undefined,
        };
        this.held.push(held);
        this.begin(held);
        return {
          deliver: (records) => {
            held.records.push(...records);
            held.onBatch?.(records);
          },
          disturbed: () => held.disturbed++,
          ended: () => {
            held.ended++;
            held.onEnded?.();
          },
          revoked: () => (held.revoked = true),
        };
      },
      (failure) => this.failures.push(failure),
    );
    return this;
  }

  /** Why it did not start; undefined when it did. */
  async refusal(): Promise<Failure | undefined> {
    return this.start().then(
      () => undefined,
      (thrown: unknown) => thrown as Failure,
    );
  }

  /** Partitions that are held now. */
  get owned(): string[] {
    return this.held
      .filter(({ revoked }) => !revoked)
      .map(({ partition }) => partition.id)
      .sort();
  }

  /** Records delivered on all partitions. */
  get count(): number {
    return this.held.reduce((sum, { records }) => sum + records.length, 0);
  }

  /** The first partition that was assigned. */
  get only(): Held {
    const [first] = this.held;
    if (first === undefined) throw new Error('no partition was assigned');
    return first;
  }
}

/** What was delivered of a key or a value, as text. */
export function text(bytes: Uint8Array | null): string | null {
  return bytes === null ? null : Buffer.from(bytes).toString('utf8');
}

/** The values delivered, as text. */
export function values({ records }: Held): (string | null)[] {
  return records.map(({ value }) => text(value));
}
