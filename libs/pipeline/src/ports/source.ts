import type { Failure } from '../failure';

/**
 * Where a record stands in its partition: opaque text that only its source can compare. Kafka: the offset;
 * journal: the byte offset just after the record's line; Kinesis: `<sequence>:<sub-sequence>`.
 */
export type Position = string;

/** One record as a source delivers it. The buffers are only read, and may be views of a larger one. */
export interface SourceRecord {
  readonly position: Position;
  readonly key: Uint8Array | null;
  /** `null` is a tombstone. */
  readonly value: Uint8Array | null;
  /** When the source took the record (epoch milliseconds), or `undefined` where it does not know. */
  readonly timestampMs: number | undefined;
  /** Header names as sent; a repeated header is listed once per value. */
  readonly headers: readonly (readonly [name: string, value: Uint8Array])[];
}

/** What of a partition can be read now: the records after `before`, up to and including `last`. */
export interface LogBounds {
  /** The position just before the first readable record. */
  readonly before: Position;
  /** The position of the last readable record; equal to `before` when the log is empty. */
  readonly last: Position;
}

/**
 * The source's own note of how far this consumer came (Kafka group offset, journal checkpoint file): a second
 * witness, never the authority. Only of a partition that is done it has the last word: its channel is gone.
 */
export interface Checkpoint {
  /** Everything up to and including this position is done. */
  readonly position: Position;
  /**
   * `started`: a first start was pinned here and nothing has been committed; `committed`: the sink has it; `done`: the
   * sink has everything that will ever be in the partition.
   */
  readonly kind: 'started' | 'committed' | 'done';
  /** When the source took a record at or before the position, epoch milliseconds; undefined: not known. */
  readonly sourceMs?: number | undefined;
}

/**
 * Where delivery begins. `at`: with the record at this position if it can still be read (it then comes first,
 * to be compared with the token), else with the first one after it; `after`: with the first record after it.
 */
export type SeekTarget = { readonly at: Position } | { readonly after: Position };

/** What a source gives the pipeline for one partition, from assignment to revocation. */
export interface SourcePartition {
  /** Unique within the stream; part of the channel's name: letters, digits, `_`, `.` and `-`. */
  readonly id: string;
  bounds(): Promise<LogBounds>;
  /** This consumer's checkpoint, read afresh. */
  readCheckpoint(): Promise<Checkpoint | undefined>;
  /**
   * Durable, and refused when this process does not own the partition any more (see `proveOwnership`).
   * @throws Failure
   */
  writeCheckpoint(checkpoint: Checkpoint): Promise<void>;
  /**
   * Begins, or begins again, to deliver from `target`. Every batch delivered after this call was read after
   * it: a stale one, fetched before the seek, is never delivered.
   */
  seek(target: SeekTarget): void;
  /** No batch is delivered after this call returns, except one whose delivery is under way. */
  pause(): void;
  resume(): void;
  /**
   * Whether this process owns the partition *now*, proven against the source (Kafka: a generation-checked
   * offset commit; elsewhere a conditional lease write), not remembered.
   * @throws Failure transient when the source cannot be asked
   */
  proveOwnership(): Promise<boolean>;
  /** How many records lie after `from`, up to and including `to`; undefined where counting is too dear. */
  countRecords(from: Position, to: Position): Promise<number | undefined>;
  /**
   * When the source took the first record that can be read, epoch milliseconds, to the second; left out by a
   * source that does not keep the time. It is only asked for where there is such a record.
   * @param notBeforeMs - the record is not older, which shortens the search
   */
  timeOfFirst?(notBeforeMs: number): Promise<number>;
  /**
   * Of partitions that end (see `ended`), and only of those: the checkpoint says `done` and the channel is gone. The
   * source forgets the partition, tells the consumer `revoked`, and never assigns it again. Idempotent.
   * @throws Failure
   */
  finished?(): Promise<void>;
}

/** What the pipeline gives a source for one assigned partition. */
export interface PartitionConsumer {
  /**
   * Takes an ordered batch at once; it never refuses. To slow the source down the pipeline calls
   * `partition.pause()`, also from within this call. Must not throw.
   */
  deliver(records: readonly SourceRecord[]): void;
  /** The log moved under the reader (retention passed it, it was truncated): decide anew where to resume. */
  disturbed(): void;
  /**
   * What was delivered since the last seek goes up to the end of the partition, which never has more: an object of a
   * bucket, a closed shard. Told again after another seek that comes to the end.
   */
  ended(): void;
  /** The partition belongs to somebody else, or may: nothing more is appended. Must not throw. */
  revoked(): void;
}

/** What a source calls as partitions come; the consumer it gets back is used until `revoked`. */
export type OnAssigned = (partition: SourcePartition) => PartitionConsumer;

/** An ordered, partitioned, replayable log. */
export interface Source {
  /** `<kind>:<topic>`, such as `kafka:orders.v1`: the column SOURCE. */
  readonly name: string;
  /** Negative when `a` is before `b`, 0 when they are the same, else positive. */
  compare(a: Position, b: Position): number;
  /**
   * Joins and begins to assign partitions; nothing is delivered before `seek`.
   * Resolves once joined. A source that is not reachable at start rejects; one that goes away later calls
   * `onFailure` and goes on trying.
   * @throws Failure
   */
  start(onAssigned: OnAssigned, onFailure: (failure: SourceFailure) => void): Promise<void>;
  /** Leaves: no delivery and no assignment afterwards. Consumers are not told `revoked`. Idempotent. */
  stop(): Promise<void>;
}

/** `undefined`: what was wrong before is cured. */
export type SourceFailure = Failure | undefined;
