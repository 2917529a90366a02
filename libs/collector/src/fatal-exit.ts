import type { Failure } from '@das/pipeline';
import { Injectable } from '@nestjs/common';

/** Carries an unknown failure from wherever it was found to the one place that ends the process. */
@Injectable()
export class FatalExit {
  private end: ((failure: Failure) => void) | undefined;
  private first: Failure | undefined;

  because(failure: Failure): void {
    if (this.first !== undefined) return;
    this.first = failure;
    this.end?.(failure);
  }

  /** `end` is called once, also for a failure from before this call. */
  onFailure(end: (failure: Failure) => void): void {
    this.end = end;
    if (this.first !== undefined) end(this.first);
  }
}
