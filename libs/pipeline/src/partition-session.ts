import { AppendQueue, type Sent } from './append-queue';
import type { Place } from './channel-place';
import { findPlace } from './channel-place';
import { CheckpointWriter } from './checkpoint-writer';
import { CommitWatch } from './commit-watch';
import type { Envelope } from './envelope';
import { createEnvelope } from './envelope';
import { asFailure, ChannelInvalidated, Failure } from './failure';
import type { Gap } from './gap';
import type { Books } from './observer';
import type { OffsetToken, TokenMaker } from './offset-token';
import { createTokenMaker, parseToken } from './offset-token';
import type { PartitionFuse } from './partition-fuse';
import type { ChannelStatus } from './ports/sink';
import type { PartitionConsumer, Position, SeekTarget, SourcePartition, SourceRecord } from './ports/source';
import { ReadGate } from './read-gate';
import { regression } from './resume';
import { retryDelayMs } from './retry-delay';
import type { SessionOptions } from './session-options';
import { settle } from './settle';

/** One opening of the channel: everything in it is discarded together. */
interface Running {
  readonly place: Place;
  readonly queue: AppendQueue;
  readonly envelope: Envelope;
  /** Still to be found in the log, and to be equal to what was committed. */
  unverified: OffsetToken | undefined;
  /** Where reading goes on, should it stop. */
  next: SeekTarget;
}

/** One assigned partition, from its channel's opening to its release: the batch loop. */
export class PartitionSession implements PartitionConsumer {
  readonly books: Books = { read: 0, landed: 0, dead: 0, dropped: 0 };
  failure: Failure | undefined;
  private running: Running | undefined;
  /** Grows with every attempt, so that what an earlier one left behind is recognised. */
  private attempt = 0;
  private retries = 0;
  private everOpened = false;
  private released = false;
  private rowsRejected = 0;
  /** Of the channel that the count above is of. */
  private countedEpoch: number | undefined;
  private reportedGap: Gap | undefined;
  private cancelRetry: () => void = () => undefined;
  private onSettled: (() => void) | undefined;
  private readonly checkpoints: CheckpointWriter;
  private readonly gate: ReadGate;
  private readonly watch: CommitWatch;
  private readonly tokens: TokenMaker;

  constructor(
    readonly partition: SourcePartition,
    private readonly options: SessionOptions,
    private readonly fuse: PartitionFuse,
  ) {
    this.tokens = createTokenMaker(options.keys);
    this.checkpoints = new CheckpointWriter(partition, options);
    this.gate = new ReadGate(partition, options.budget, () => this.running?.queue.heldBytes ?? 0);
    this.watch = new CommitWatch(options.clock, options.commitPatienceMs, (seconds) => {
      const what = `what was received has not been committed for ${seconds} s`;
      this.fail(new ChannelInvalidated('commit_overdue', what));
    });
    options.observer.assigned(partition.id);
    void this.begin();
  }

  /** The channel is open, and the partition is read. */
  get isRunning(): boolean {
    return this.running !== undefined && this.fuse.blown === undefined;
  }

  /** The last position known to be committed by this session. */
  get committedPosition(): Position | undefined {
    return this.checkpoints.committed;
  }

  deliver(records: readonly SourceRecord[]): void {
    const running = this.running;
    if (running === undefined || this.fuse.blown !== undefined) return;
    try {
      let end = records.at(-1)?.position;
      for (const record of records) {
        if (running.unverified !== undefined && this.isBeforeResume(record, running, running.unverified))
          continue;
        // The log turned out to be another one: this session begins anew.
        if (running !== this.running) return;
        if (!this.settle(record, running)) continue;
        end = record.position;
        this.stopReading();
        break;
      }
      if (end !== undefined) running.next = { after: end };
    } catch (thrown) {
      this.fail(asFailure(thrown));
      return;
    }
    running.queue.pump();
    this.gate.narrow();
  }

  /** The fuse was reset: reading goes on where it stopped. */
  readOn(): void {
    const { running } = this;
    if (running === undefined || this.released) return;
    this.options.observer.fuseReset(this.partition.id);
    this.read(running);
  }

  disturbed(): void {
    if (!this.released) void this.begin();
  }

  revoked(): void {
    if (this.released) return;
    this.released = true;
    this.leave();
    this.options.observer.released(this.partition.id);
  }

  /** Stops reading, waits until what was read is committed, writes the checkpoint and lets go. */
  async drain(): Promise<void> {
    this.cancelRetry();
    this.gate.close();
    const { running } = this;
    if (running !== undefined && !running.queue.isSettled) {
      await new Promise<void>((resolve) => (this.onSettled = resolve));
    }
    if (!this.released) await this.checkpoints.flush();
    this.revoked();
  }

  /** Opens the channel and resumes; also after every failure. */
  private async begin(abandonEpoch?: number): Promise<void> {
    this.leave();
    const attempt = ++this.attempt;
    const { partition, options } = this;
    const ifPresent =
      <T>(act: (value: T) => void) =>
      (value: T) => {
        if (attempt === this.attempt) act(value);
      };
    const listener = {
      status: ifPresent((status: ChannelStatus) => {
        this.noteStatus(status);
      }),
      failed: ifPresent((failure: Failure) => {
        this.fail(failure);
      }),
    };
    try {
      if (this.everOpened && !(await partition.proveOwnership())) {
        throw new Failure('transient', 'not_owner', 'another process owns this partition now');
      }
      if (attempt !== this.attempt) return;
      this.everOpened = true;
      const place = await findPlace({ ...options, partition, listener, abandonEpoch });
      if (attempt !== this.attempt) {
        place.channel.close();
        return;
      }
      this.run(place);
    } catch (thrown) {
      if (attempt === this.attempt) this.fail(asFailure(thrown));
    }
  }

  private run(place: Place): void {
    const { options, partition } = this;
    if (place.gap !== undefined) this.noteGap(place.gap);
    const queue = new AppendQueue({
      channel: place.channel,
      maxAppendBytes: options.sink.limits.maxAppendBytes,
      tokens: this.tokens,
      clock: options.clock,
      compare: (a, b) => options.source.compare(a, b),
      onHeld: (delta) => {
        this.noteHeld(delta);
      },
      onAppended: () => {
        this.gate.widen();
        if (queue.hasUncommitted) this.watch.begin();
      },
      onFailed: (failure) => {
        this.fail(failure);
      },
    });
    const envelope = createEnvelope({
      ...options,
      collector: `${options.collector}@${options.version}`,
      source: options.source.name,
      epoch: place.epoch,
      partition: partition.id,
    });
    this.baselineRejected(place);
    const running = { place, queue, envelope, unverified: place.token, next: place.target };
    this.running = running;
    this.failure = undefined;
    options.observer.running(partition.id);
    if (place.token !== undefined) this.checkpoints.note(place.token.position, place.sourceMs);
    else this.checkpoints.forget();
    this.fuse.begin(place.epoch);
    // The owner stays the owner, and nothing is read: it would all come to the same end.
    if (this.fuse.blown !== undefined) options.observer.fuseBlown(partition.id, this.fuse.blown, true);
    else this.read(running);
  }

  private read(running: Running): void {
    this.partition.seek(running.next);
    this.gate.open();
  }

  /** What was settled is appended and committed as ever; the channel stays open. */
  private stopReading(): void {
    this.gate.close();
    const { blown } = this.fuse;
    if (blown !== undefined) this.options.observer.fuseBlown(this.partition.id, blown, false);
  }

  /** @returns true for a record that is at or before the committed token, after comparing it. */
  private isBeforeResume(record: SourceRecord, running: Running, token: OffsetToken): boolean {
    const order = this.options.source.compare(record.position, token.position);
    if (order < 0) return true;
    running.unverified = undefined;
    if (order > 0) return false;
    if (!this.tokens.matches(token, record)) this.logRecreated(running.place.epoch);
    return true;
  }

  private logRecreated(epoch: number): void {
    const decision = regression(this.options.contract.onOffsetRegression);
    if (decision.kind === 'stop') this.fail(decision.failure);
    else void this.begin(epoch);
  }

  /** @returns whether this blew the fuse */
  private settle(record: SourceRecord, running: Running): boolean {
    const settled = settle(record, this.options, running);
    const outcome = settled?.outcome ?? 'landed';
    this.books.read++;
    this.books[outcome]++;
    this.options.observer.settled(this.partition.id, outcome, settled?.reason);
    return this.fuse.settled(record.position, settled?.outcome === 'dead' ? settled.reason : undefined);
  }

  private noteStatus(status: ChannelStatus): void {
    const { running } = this;
    if (running === undefined) return;
    const { observer, clock } = this.options;
    const token = status.committedToken === undefined ? undefined : parseToken(status.committedToken);
    const settled = token === undefined ? [] : running.queue.committed(token.position);
    this.noteRejected(status, settled === 'foreign' ? [] : settled);
    if (token === undefined) return;
    if (settled === 'foreign') {
      this.fail(new ChannelInvalidated('foreign_commit', 'another writer has committed to this channel'));
      return;
    }
    if (settled.length === 0) return;
    this.retries = 0;
    this.watch.progress(!running.queue.hasUncommitted);
    for (const { rows, startedMs, sourceMs } of settled) {
      observer.committed(this.partition.id, { rows, seconds: (clock.now() - startedMs) / 1000, sourceMs });
    }
    this.checkpoints.note(token.position, settled.at(-1)?.sourceMs);
    if (running.queue.isSettled) this.onSettled?.();
  }

  /** What was rejected before this session is not its matter; what was between two of its openings is. */
  private baselineRejected({ channel, epoch }: Place): void {
    const { rowsRejected } = channel.opened;
    const missed = epoch === this.countedEpoch ? rowsRejected - this.rowsRejected : 0;
    if (missed > 0) this.options.observer.rejected(this.partition.id, missed);
    this.countedEpoch = epoch;
    this.rowsRejected = rowsRejected;
  }

  private noteRejected({ rowsRejected }: ChannelStatus, settled: readonly Sent[]): void {
    const rejected = Math.max(0, rowsRejected - this.rowsRejected);
    this.rowsRejected += rejected;
    if (rejected > 0) this.options.observer.rejected(this.partition.id, rejected);
    const rows = settled.reduce((sum, sent) => sum + sent.rows, 0);
    if (this.fuse.committed(rows, rejected)) this.stopReading();
  }

  /** Once, however often the channel is opened before anything after the gap is committed. */
  private noteGap(gap: Gap): void {
    const { from, to } = this.reportedGap ?? {};
    if (gap.from === from && gap.to === to) return;
    this.reportedGap = gap;
    this.options.observer.gap(this.partition.id, gap);
  }

  private noteHeld(delta: number): void {
    const { budget, observer } = this.options;
    if (delta >= 0) budget.hold(delta);
    else budget.release(-delta);
    observer.bytesHeld(budget.heldBytes);
  }

  private fail(failure: Failure): void {
    if (this.released) return;
    this.leave();
    this.failure = failure;
    this.options.observer.failed(this.partition.id, failure);
    // Draining: what is not committed now is read again by the next owner.
    this.onSettled?.();
    if (failure.kind === 'unknown' || failure.kind === 'data') {
      this.options.onFatal(failure);
      return;
    }
    const delay = failure.kind === 'setup' ? this.options.setupRetryMs : retryDelayMs(this.retries++);
    this.cancelRetry = this.options.clock.after(delay, () => void this.begin());
  }

  /** Leaves the channel as it is; whatever was not committed is read again by whoever opens it next. */
  private leave(): void {
    this.attempt++;
    this.cancelRetry();
    this.checkpoints.cancel();
    this.watch.cancel();
    const { running } = this;
    this.running = undefined;
    this.gate.close();
    running?.queue.discard();
    running?.place.channel.close();
    if (this.released) this.onSettled?.();
  }
}
