import type { Failure } from './failure';
import type { Gap } from './gap';
import type { DeadReason, DropReason } from './outcome';

/** How many records of a partition came to which end, since it was assigned. */
export interface Books {
  read: number;
  landed: number;
  dead: number;
  dropped: number;
}

export interface CommittedAppend {
  readonly rows: number;
  /** From the first record's reading to the knowledge of its commit. */
  readonly seconds: number;
  /** When the source took the last record, epoch milliseconds. */
  readonly sourceMs: number;
}

/** Hears what happens, for metrics and logs. Must not throw. */
export interface PipelineObserver {
  /** Settled in memory; a crash before the commit reads the record again. */
  readonly settled: (
    partition: string,
    outcome: 'landed' | 'dead' | 'dropped',
    reason: DeadReason | DropReason | undefined,
  ) => void;
  readonly committed: (partition: string, append: CommittedAppend) => void;
  /** Rows that the table itself refused: a loss unless somebody looks. */
  readonly rejected: (partition: string, rows: number) => void;
  readonly assigned: (partition: string) => void;
  readonly running: (partition: string) => void;
  readonly released: (partition: string) => void;
  readonly failed: (partition: string, failure: Failure) => void;
  /** Reading stopped until the fuse is reset. `again`: it was blown before this opening of the channel. */
  readonly fuseBlown: (partition: string, failure: Failure, again: boolean) => void;
  /** Reading goes on. */
  readonly fuseReset: (partition: string) => void;
  readonly gap: (partition: string, gap: Gap) => void;
  /** The source's witness could not be written; the channel's token is unharmed. */
  readonly checkpointFailed: (partition: string, failure: Failure) => void;
  readonly bytesHeld: (bytes: number) => void;
}
