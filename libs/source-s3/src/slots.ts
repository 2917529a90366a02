/** Room for so many objects side by side. */
export class Slots {
  private waiting: (() => void)[] = [];

  constructor(private free: number) {}

  get count(): number {
    return this.free;
  }

  /** Waits for room and takes it. @returns false when the signal came first */
  async take(signal: AbortSignal): Promise<boolean> {
    if (!(await this.room(signal))) return false;
    this.free--;
    return true;
  }

  /** Waits for room, and leaves it. @returns false when the signal came first */
  async room(signal: AbortSignal): Promise<boolean> {
    while (this.free <= 0 && !signal.aborted) {
      await new Promise<void>((resolve) => {
        this.waiting.push(resolve);
        signal.addEventListener(
          'abort',
          () => {
            resolve();
          },
          { once: true },
        );
      });
    }
    return !signal.aborted;
  }

  give(): void {
    this.free++;
    const waiting = this.waiting;
    this.waiting = [];
    for (const go of waiting) go();
  }
}
