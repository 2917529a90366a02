import { AppendQueue, type Sent } from './append-queue';
import { findPlace, type Place } from './channel-place';
import { CheckpointWriter } from './checkpoint-writer';
import { CommitWatch } from './commit-watch';
import { createEnvelope } from './envelope';
import { asFailure, ChannelInvalidated, Failure } from './failure';
import { ReportedGaps } from './gap';
import type { Books } from './observer';
import type { OffsetToken, TokenMaker } from './offset-token';
import { createTokenMaker, parseToken } from './offset-token';
import { PartitionEnd } from './partition-end';
import type { PartitionFuse } from './partition-fuse';
import type { ChannelStatus } from './ports/sink';
import type { PartitionConsumer, Position, SourcePartition, SourceRecord } from './ports/source';
import { ReadGate } from './read-gate';
import { RejectedRows } from './rejected-rows';
import { regression } from './resume';
import { retryDelayMs } from './retry-delay';
import type { Running } from './running';
import type { SessionOptions } from './session-options';
import { settle } from './settle';

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
  private cancelRetry: () => void = () => undefined;
  private onSettled: (() => void) | undefined;
  private finishing: Promise<void> | undefined;
  private readonly checkpoints: CheckpointWriter;
  private readonly gate: ReadGate;
  private readonly watch: CommitWatch;
  private readonly tokens: TokenMaker;
  private readonly end: PartitionEnd;
  private readonly rejected = new RejectedRows();
  private readonly gaps = new ReportedGaps();

  constructor(
    readonly partition: SourcePartition,
    private readonly options: SessionOptions,
    private readonly fuse: PartitionFuse,
  ) {
    this.tokens = createTokenMaker(options.keys);
    this.checkpoints = new CheckpointWriter(partition, options);
    this.end = new PartitionEnd({ ...options, partition }, this.checkpoints);
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

  ended(): void {
    const { running } = this;
    if (running === undefined || this.fuse.blown !== undefined) return;
    if (running.unverified !== undefined) {
      this.logRecreated(running.place.epoch);
      return;
    }
    running.ended = true;
    this.finishOnceSettled(running);
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
    await this.finishing;
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
      const isOver = await this.end.isReached();
      if (isOver) await this.end.letGo();
      if (isOver || attempt !== this.attempt) return;
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
    const { observer } = options;
    if (place.gap !== undefined && this.gaps.isNew(place.gap)) observer.gap(partition.id, place.gap);
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
    const missed = this.rejected.opened(place.epoch, place.channel.opened.rowsRejected);
    if (missed > 0) observer.rejected(partition.id, missed);
    const running = { place, queue, envelope, unverified: place.toVerify, next: place.target, ended: false };
    this.running = running;
    this.failure = undefined;
    observer.running(partition.id);
    if (place.token !== undefined) this.checkpoints.note(place.token.position, place.sourceMs);
    else this.checkpoints.forget();
    this.fuse.begin(place.epoch);
    // The owner stays the owner, and nothing is read: it would all come to the same end.
    if (this.fuse.blown !== undefined) observer.fuseBlown(partition.id, this.fuse.blown, true);
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
    this.finishOnceSettled(running);
    if (running.queue.isSettled) this.onSettled?.();
  }

  private finishOnceSettled(running: Running): void {
    if (!running.ended || !running.queue.isSettled || running !== this.running) return;
    this.finishing ??= this.finish(running).finally(() => (this.finishing = undefined));
  }

  private async finish({ next, place }: Running): Promise<void> {
    const { attempt } = this;
    this.gate.close();
    try {
      await this.end.reach(next);
      place.channel.close();
      await this.end.letGo();
    } catch (thrown) {
      if (attempt === this.attempt) this.fail(asFailure(thrown));
    }
  }

  private noteRejected({ rowsRejected }: ChannelStatus, settled: readonly Sent[]): void {
    const rejected = this.rejected.counted(rowsRejected);
    if (rejected > 0) this.options.observer.rejected(this.partition.id, rejected);
    const rows = settled.reduce((sum, sent) => sum + sent.rows, 0);
    if (this.fuse.committed(rows, rejected)) this.stopReading();
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
