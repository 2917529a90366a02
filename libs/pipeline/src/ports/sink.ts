import type { Failure } from '../failure';

/** What one channel is known to have durably. */
export interface ChannelStatus {
  /** The last committed offset token as the client wrote it; undefined: nothing was ever committed. */
  readonly committedToken: string | undefined;
  /** Rows that the table itself refused, since the channel was created. */
  readonly rowsRejected: number;
}

/** Rows of one append: NDJSON, one line per row, not empty, at most `SinkLimits.maxAppendBytes`. */
export interface RowBatch {
  readonly rows: Uint8Array;
  readonly rowCount: number;
  readonly startToken: string;
  readonly endToken: string;
}

/** An open channel: this process is its only writer until somebody else opens it. */
export interface SinkChannel {
  /** As it was when the channel was opened. */
  readonly opened: ChannelStatus;
  /**
   * Resolves when the sink has *received* the rows, which is not yet a commit. One call at a time: the next
   * one only after this one settled. Transient faults are retried inside, within bounds. The bytes may be
   * reused once it settles.
   * @throws ChannelInvalidated when the channel must be reopened
   * @throws Failure
   */
  append(batch: RowBatch): Promise<void>;
  /** Forgets the channel on this side: its listener hears nothing more. The committed token stays. */
  close(): void;
}

/** Hears of an open channel until it is closed. Never called from within `append` or `open`. */
export interface ChannelListener {
  /** The committed token or the count of rejected rows has changed. */
  status(status: ChannelStatus): void;
  /** The sink says that the channel cannot go on: `ChannelInvalidated`, or another Failure. */
  failed(failure: Failure): void;
}

export interface SinkLimits {
  /** Uncompressed bytes of one append. */
  readonly maxAppendBytes: number;
}

/** Where rows go. Commits are learnt by the sink's own polling, also when nothing new is appended. */
export interface Sink {
  readonly limits: SinkLimits;
  /**
   * Opens the channel, fencing any earlier writer and discarding what that one had not committed.
   * @param offsetToken - sets the channel's committed token (recovery only)
   * @throws Failure
   */
  open(channel: string, listener: ChannelListener, offsetToken?: string): Promise<SinkChannel>;
  /** The state of channels that exist, opened or not; an unknown channel is left out. @throws Failure */
  statuses(channels: readonly string[]): Promise<ReadonlyMap<string, ChannelStatus>>;
  /**
   * Drops a channel with its token, for good: its partition has come to an end. One that is gone already is no failure.
   * @throws Failure transient while the channel has uncommitted rows
   */
  drop(channel: string): Promise<void>;
  /** Stops polling and lets go of connections. Idempotent. */
  stop(): Promise<void>;
}
