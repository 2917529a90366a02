/** Room for so many objects side by side. */
export class Slots {
  private waiting: (() => void)[] = [];

  constructor(private free: number) {}

  get count(): number {
    return this.free;
  }

  /** Waits for room and takes it. @returns false when the signal came first */
  async take(signal: AbortSignal): Promise<boolean> {
    // Whoever waits is woken with all others: it looks and takes without a break.
    while (this.free <= 0 && !signal.aborted) await this.woken(signal);
    if (signal.aborted) return false;
    this.free--;
    return true;
  }

  /** Waits until there was room, and leaves it to whoever takes it. @returns false when the signal came first */
  async room(signal: AbortSignal): Promise<boolean> {
    while (this.free <= 0 && !signal.aborted) await this.woken(signal);
    return !signal.aborted;
  }

  give(): void {
    this.free++;
    const waiting = this.waiting;
    this.waiting = [];
    for (const go of waiting) go();
  }

  private async woken(signal: AbortSignal): Promise<void> {
    await new Promise<void>((resolve) => {
      const go = (): void => {
        signal.removeEventListener('abort', go);
        resolve();
      };
      this.waiting.push(go);
      signal.addEventListener('abort', go, { once: true });
    });
  }
}
