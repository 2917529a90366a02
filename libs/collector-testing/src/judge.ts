import type { StreamContract } from '@das/contracts';
import { draftOf, type Dead, type Dropped, type Step } from '@das/pipeline';

/** What a collector's steps make of one value; undefined: it lands. */
export function judge(
  steps: readonly Step[],
  contract: StreamContract,
  value: Uint8Array | null,
): Dead | Dropped | undefined {
  const draft = draftOf({ position: '1', key: null, value, timestampMs: undefined, headers: [] }, contract);
  for (const step of steps) {
    const outcome = step(draft);
    if (outcome !== undefined) return outcome;
  }
  return undefined;
}
