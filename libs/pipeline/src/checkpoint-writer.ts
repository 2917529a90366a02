import { asFailure } from './failure';
import type { PipelineObserver } from './observer';
import type { Clock } from './ports/clock';
import type { Position, SourcePartition } from './ports/source';

/**
 * Tells the source how far the sink has committed, at most once per interval. It is a witness and a measure of
 * lag, so a failed write is reported and made good by the next one.
 */
export class CheckpointWriter {
  /** The last committed position that was noted. */
  committed: Position | undefined;
  private sourceMs: number | undefined;
  private written: Position | undefined;
  private cancelTimer: (() => void) | undefined;
  private turn: Promise<void> = Promise.resolve();

  constructor(
    private readonly partition: SourcePartition,
    private readonly options: {
      readonly clock: Clock;
      readonly observer: PipelineObserver;
      readonly checkpointMs: number;
    },
  ) {}

  /** @param sourceMs - when the source took a record at or before the position, if that is known */
  note(position: Position, sourceMs: number | undefined): void {
    const isFirst = this.committed === undefined;
    this.committed = position;
    this.sourceMs = sourceMs;
    // At once: a channel that is lost before there is any witness would look like one that never committed.
    if (isFirst) void this.flush();
    this.cancelTimer ??= this.options.clock.after(this.options.checkpointMs, () => {
      this.cancelTimer = undefined;
      void this.flush();
    });
  }

  /** Nothing has been committed to this channel: what was noted of another one says nothing of it. */
  forget(): void {
    this.cancel();
    this.committed = undefined;
    this.sourceMs = undefined;
    this.written = undefined;
  }

  /**
   * The last word on a partition that has come to its end; nothing is written after it.
   * @throws Failure
   */
  async finish(position: Position): Promise<void> {
    this.cancel();
    const { sourceMs } = this;
    this.committed = undefined;
    await this.turn;
    await this.partition.writeCheckpoint({ position, kind: 'done', sourceMs });
  }

  cancel(): void {
    this.cancelTimer?.();
    this.cancelTimer = undefined;
  }

  /** One after another, so that an earlier position never comes after a later one. */
  async flush(): Promise<void> {
    this.turn = this.turn.then(() => this.write());
    return this.turn;
  }

  private async write(): Promise<void> {
    const { committed: position, sourceMs } = this;
    if (position === undefined || position === this.written) return;
    try {
      await this.partition.writeCheckpoint({ position, kind: 'committed', sourceMs });
      this.written = position;
    } catch (thrown) {
      this.options.observer.checkpointFailed(this.partition.id, asFailure(thrown));
    }
  }
}
