import type { StreamContract } from '@das/contracts';
import { AppendQueue } from './append-queue';
import { channelName } from './channel-place';
import { CommitWatch } from './commit-watch';
import { createEnvelope, type DeadPayloadSealer } from './envelope';
import { ChannelFenced, ChannelInvalidated, Failure } from './failure';
import { createTokenMaker, parseToken } from './offset-token';
import type { Step } from './outcome';
import type { Clock } from './ports/clock';
import type { KeyProvider } from './ports/key-provider';
import type { ChannelStatus, Sink, SinkChannel } from './ports/sink';
import type { SourceRecord } from './ports/source';
import type { Coordinates } from './record-id';
import { settle } from './settle';

/** Whichever collector it goes through: one replay of a stream fences every other one. */
const REPLAYER = 'das';
/** Epochs of partitions count from 1: no partition, whatever it is called, has this channel. */
const REPLAY_EPOCH = 0;

export interface ReplayOptions {
  readonly collector: string;
  readonly version: string;
  /** The stream's newest contract. */
  readonly contract: StreamContract;
  readonly steps: readonly Step[];
  readonly sink: Sink;
  readonly clock: Clock;
  readonly keys: KeyProvider;
  readonly sealer: DeadPayloadSealer;
  /** Names this run among all runs, in its tokens: letters and digits. */
  readonly run: string;
  /** Bytes of rows in memory beyond which nothing more is taken. */
  readonly maxHeldBytes: number;
  /** Longest wait for any commit, milliseconds. */
  readonly commitPatienceMs: number;
}

/** A dead letter, opened. */
export interface DeadLetter {
  readonly coordinates: Coordinates;
  /** As in its row. */
  readonly recordHash: string;
  readonly record: Omit<SourceRecord, 'position'>;
}

/** What became of the dead letters that a replay took. */
export interface ReplayBooks {
  read: number;
  landed: number;
  /** Refused again: each is a dead letter of its own now. */
  dead: number;
  /** Left no row, so the dead letter stays open. */
  dropped: number;
  /** Rows known to be committed. */
  committed: number;
  /** Rows that the table itself refused. */
  rejected: number;
}

/**
 * Takes dead letters through the present pipeline, onto a channel of their own. To open it fences every earlier
 * replay of the stream, and what that one had not committed is gone: so whoever selects dead letters *after*
 * the opening, leaving out those that have been replayed, replays each exactly once.
 */
export class Replay {
  readonly books: ReplayBooks = { read: 0, landed: 0, dead: 0, dropped: 0, committed: 0, rejected: 0 };
  private readonly queue: AppendQueue;
  private readonly watch: CommitWatch;
  private readonly rowsRejectedBefore: number;
  private failure: Failure | undefined;
  private wake: () => void = () => undefined;

  private constructor(
    private readonly options: ReplayOptions,
    private readonly channel: SinkChannel,
  ) {
    const { clock, sink, commitPatienceMs } = options;
    this.rowsRejectedBefore = channel.opened.rowsRejected;
    this.watch = new CommitWatch(clock, commitPatienceMs, (seconds) => {
      const what = `what was received has not been committed for ${seconds} s`;
      this.fail(new ChannelInvalidated('commit_overdue', what));
    });
    this.queue = new AppendQueue({
      channel,
      clock,
      maxAppendBytes: sink.limits.maxAppendBytes,
      tokens: createTokenMaker(options.keys),
      compare: (a, b) => this.compare(a, b),
      onHeld: () => undefined,
      onAppended: () => {
        if (this.queue.hasUncommitted) this.watch.begin();
        this.wake();
      },
      onFailed: (failure) => {
        this.fail(failure);
      },
    });
  }

  /** @throws Failure */
  static async open(options: ReplayOptions): Promise<Replay> {
    let opened: Replay | undefined;
    const channel = await options.sink.open(Replay.channelOf(options), {
      status: (status) => opened?.noteStatus(status),
      failed: (failure) => opened?.fail(failure),
    });
    return (opened = new Replay(options, channel));
  }

  static channelOf({ contract }: Pick<ReplayOptions, 'contract'>): string {
    return channelName(REPLAYER, contract.stream, REPLAY_EPOCH, 'replay');
  }

  /**
   * Settles dead letters and begins to append their rows; returns once there is room for more.
   * @throws Failure `replay_taken` when another replay has opened the channel; ChannelInvalidated when it must
   * be opened again, and selected again after that
   */
  async take(letters: readonly DeadLetter[]): Promise<void> {
    this.throwFailure();
    for (const letter of letters) this.settle(letter);
    this.queue.pump();
    await this.until(() => this.queue.heldBytes <= this.options.maxHeldBytes);
  }

  /** Returns once everything that was taken is committed. @throws Failure as `take` */
  async finish(): Promise<ReplayBooks> {
    this.queue.pump();
    await this.until(() => this.queue.isSettled);
    return this.books;
  }

  /** Lets go of the channel: what is not committed will not be. */
  close(): void {
    this.watch.cancel();
    this.queue.discard();
    this.channel.close();
  }

  private settle({ coordinates, recordHash, record }: DeadLetter): void {
    const { options, books } = this;
    const envelope = createEnvelope({
      ...options,
      ...coordinates,
      collector: `${options.collector}@${options.version}`,
      replay: { recordHash },
    });
    // The queue's positions are the order of this run: those of the records come from many partitions.
    const position = `${options.run}.${++books.read}`;
    const queue: Pick<AppendQueue, 'take'> = {
      take: (settled, write) => this.queue.take({ ...settled, position }, write),
    };
    const settled = settle({ ...record, position: coordinates.position }, options, { queue, envelope });
    books[settled?.outcome ?? 'landed']++;
  }

  /** A token of another run is beyond everything of this one. */
  private compare(a: string, b: string): number {
    const [runA = '', orderA] = a.split('.');
    const [runB = '', orderB] = b.split('.');
    return runA === runB ? Number(orderA) - Number(orderB) : 1;
  }

  private noteStatus({ committedToken, rowsRejected }: ChannelStatus): void {
    this.books.rejected = rowsRejected - this.rowsRejectedBefore;
    const token = committedToken === undefined ? undefined : parseToken(committedToken);
    if (token === undefined) return;
    const settled = this.queue.committed(token.position);
    if (settled === 'foreign') {
      this.fail(new ChannelFenced('foreign_commit', 'another writer has committed to this channel'));
      return;
    }
    for (const { rows } of settled) this.books.committed += rows;
    if (settled.length > 0) this.watch.progress(!this.queue.hasUncommitted);
    this.wake();
  }

  private fail(failure: Failure): void {
    this.failure ??= failure instanceof ChannelFenced ? taken(failure) : failure;
    this.wake();
  }

  private throwFailure(): void {
    if (this.failure !== undefined) throw this.failure;
  }

  private async until(isTrue: () => boolean): Promise<void> {
    for (;;) {
      this.throwFailure();
      if (isTrue()) return;
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
  }
}

function taken(cause: Failure): Failure {
  return new Failure(
    'transient',
    'replay_taken',
    'another replay of this stream has begun, so this one ended',
    {
      cure: 'wait for that one; what this one had not committed is still open',
      cause,
    },
  );
}
