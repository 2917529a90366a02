import type { Message, NotificationQueue } from './aws/queue';

/** A notification while its objects are worked on: it goes once nobody needs any of them, else it comes again. */
export class Notice {
  private open: number;
  private comesAfterMs: number | undefined;

  /** @param count - how many objects it tells of; each is to be `over` or `later` once */
  constructor(
    private readonly queue: NotificationQueue,
    private readonly message: Message,
    count: number,
  ) {
    this.open = count;
  }

  /** One of its objects need not be read again. */
  async over(): Promise<void> {
    this.open--;
    await this.settle();
  }

  /** One of its objects is to be looked at again after so long. */
  async later(ms: number): Promise<void> {
    this.open--;
    this.comesAfterMs = Math.max(ms, this.comesAfterMs ?? 0);
    await this.settle();
  }

  /** Nobody else gets it for so long, if it is still worked on. */
  async keep(ms: number): Promise<void> {
    if (this.open > 0) await this.queue.hide(this.message, ms);
  }

  get isSettled(): boolean {
    return this.open <= 0;
  }

  /** It comes again by itself if this fails, and finds what there is to do. */
  private async settle(): Promise<void> {
    if (this.open > 0) return;
    const settled =
      this.comesAfterMs === undefined
        ? this.queue.remove(this.message)
        : this.queue.hide(this.message, this.comesAfterMs);
    await settled.catch(() => undefined);
  }
}
