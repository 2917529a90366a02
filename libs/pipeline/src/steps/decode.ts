import type { Step } from '../outcome';
import type { EventDecoder } from '../ports/event-decoder';

/**
 * What was sent becomes the JSON that every later step works on. The record keeps its bytes: its hash, its token and
 * its dead letter are made of them.
 */
export function decode(decoder: Pick<EventDecoder, 'decode'>): Step {
  return function decode(draft) {
    const { value } = draft.record;
    // A tombstone: `parse` knows what to do with it.
    if (value === null) return undefined;
    const decoded = decoder.decode(value);
    if (decoded instanceof Uint8Array) {
      draft.payload = decoded;
      return undefined;
    }
    const { reason, rule } = decoded;
    return { outcome: 'dead', reason, stage: 'decode', errors: [{ path: '', rule }] };
  };
}
