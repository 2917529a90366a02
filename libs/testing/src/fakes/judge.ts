import type { StreamContract } from '@das/contracts';
import type { Dead, Draft, Dropped, Step } from '@das/pipeline';

/** What a collector's steps make of one value; undefined: it lands. */
export function judge(
  steps: readonly Step[],
  contract: StreamContract,
  value: Uint8Array | null,
): Dead | Dropped | undefined {
  const draft: Draft = {
    record: { position: '1', key: null, value, timestampMs: undefined, headers: [] },
    payload: value ?? new Uint8Array(0),
    event: {},
    contract,
    isLate: false,
  };
  for (const step of steps) {
    const outcome = step(draft);
    if (outcome !== undefined) return outcome;
  }
  return undefined;
}
