import type { Failure } from './failure';
import type { SourceFailure } from './ports/source';

/** Everything that is wrong with the source now; tells when the first of it changes. */
export class FailureBoard {
  private readonly failures = new Map<string, Failure>();
  private shown: string | undefined;

  constructor(private readonly onFailure: (failure: SourceFailure) => void) {}

  /** @param failure - `undefined`: what was wrong at `place` is cured */
  note(place: string, failure: SourceFailure): void {
    if (failure === undefined) this.failures.delete(place);
    else this.failures.set(place, failure);
    const first = this.failures.values().next().value;
    if (first?.line === this.shown) return;
    this.shown = first?.line;
    this.onFailure(first);
  }
}
