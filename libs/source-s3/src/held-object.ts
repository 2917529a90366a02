import type { Notice } from './notice';
import type { ObjectPartition } from './object-partition';

/** An object that this process reads, and the notifications that told of it. */
export class HeldObject {
  private readonly notices: Notice[] = [];

  constructor(readonly partition: ObjectPartition) {}

  /** Another notification of the same object. */
  told(notice: Notice | undefined): void {
    if (notice !== undefined) this.notices.push(notice);
  }

  async over(): Promise<void> {
    await Promise.all(this.notices.map((notice) => notice.over()));
  }

  async later(ms: number): Promise<void> {
    await Promise.all(this.notices.map((notice) => notice.later(ms)));
  }
}
