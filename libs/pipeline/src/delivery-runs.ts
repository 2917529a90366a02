import type { SeekTarget } from './ports/source';

/** What delivers one partition of a source that is polled. Every seek begins a new run; an older one only ends. */
export abstract class DeliveryRuns {
  private generation = new AbortController();
  private paused = false;
  private closed = false;
  private onResumed: (() => void)[] = [];
  private readonly runs = new Set<Promise<void>>();

  /** Delivers from the target on, until the signal is aborted. Must not throw. */
  protected abstract run(target: SeekTarget, signal: AbortSignal): Promise<void>;

  seek(target: SeekTarget): void {
    if (this.closed) return;
    this.endRun();
    this.generation = new AbortController();
    const run = this.run(target, this.generation.signal).finally(() => this.runs.delete(run));
    this.runs.add(run);
  }

  pause(): void {
    this.paused = true;
  }

  resume(): void {
    this.paused = false;
    this.releaseWaiting();
  }

  /** Nothing is delivered after this call, even before it resolves. */
  async close(): Promise<void> {
    this.closed = true;
    this.endRun();
    await Promise.all(this.runs);
  }

  protected get isPaused(): boolean {
    return this.paused;
  }

  protected endRun(): void {
    this.generation.abort();
    this.releaseWaiting();
  }

  /** Waits while delivery is paused; at once for a run that has ended. */
  protected async resumed(signal: AbortSignal): Promise<void> {
    while (this.paused && isCurrent(signal)) {
      await new Promise<void>((resolve) => this.onResumed.push(resolve));
    }
  }

  private releaseWaiting(): void {
    const waiting = this.onResumed;
    this.onResumed = [];
    for (const go of waiting) go();
  }
}

/** Asked anew each time: a run ends at any `await`. */
export function isCurrent(signal: AbortSignal): boolean {
  return !signal.aborted;
}
