import type { Clock } from './ports/clock';

/** A service that is slow rather than forgetful is given up to so many times the patience. */
const LONGEST_FACTOR = 32;

/**
 * Notices that what was received is not committed in time. A healthy status does not tell: a passing writer
 * that opened the channel has made the service forget it, and without new rows no append would find out.
 */
export class CommitWatch {
  private cancelTimer: (() => void) | undefined;
  private factor = 1;
  private beganMs = 0;

  /** @param onOverdue - told after so many seconds without any commit */
  constructor(
    private readonly clock: Clock,
    private readonly patienceMs: number,
    private readonly onOverdue: (seconds: number) => void,
  ) {}

  /** Something was received. */
  begin(): void {
    if (this.cancelTimer !== undefined) return;
    const waitMs = this.patienceMs * this.factor;
    this.beganMs = this.clock.now();
    this.cancelTimer = this.clock.after(waitMs, () => {
      this.cancelTimer = undefined;
      this.factor = Math.min(this.factor * 2, LONGEST_FACTOR);
      this.onOverdue(waitMs / 1000);
    });
  }

  /**
   * Something was committed. Patience that was needed is kept: else a slow service would be given up again and
   * again, and each time made to forget what it was about to commit.
   * @param isAll - nothing is left to wait for
   */
  progress(isAll: boolean): void {
    const waitedMs = this.clock.now() - this.beganMs;
    while (this.factor > 1 && waitedMs < (this.patienceMs * this.factor) / 4) this.factor /= 2;
    this.cancel();
    if (!isAll) this.begin();
  }

  cancel(): void {
    this.cancelTimer?.();
    this.cancelTimer = undefined;
  }
}
