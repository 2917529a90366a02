import type { Clock } from '@das/pipeline';

/** Time that jumps over every wait, and notes it. */
export class ImpatientClock implements Clock {
  readonly waits: number[] = [];
  private time = Date.now();

  now(): number {
    return this.time;
  }

  after(ms: number, callback: () => void): () => void {
    this.waits.push(ms);
    const immediate = setImmediate(() => {
      this.time += ms;
      callback();
    });
    return () => {
      clearImmediate(immediate);
    };
  }
}
