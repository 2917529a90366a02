import type { DeadPayloadSealer, KeyProvider } from '@das/pipeline';
import type { ClaimCheck } from './claim-check';
import { sealRecord } from './sealed-payload';

/** Seals refused records; what would not fit into a row goes to the claim check. */
export function createSealer(options: {
  readonly keys: KeyProvider;
  readonly claims: ClaimCheck;
  /** The longest sealed payload that stays in its row, bytes. */
  readonly maxInlineBytes: number;
}): DeadPayloadSealer {
  const { keys, claims, maxInlineBytes } = options;
  return {
    seal(record, coordinates) {
      const sealed = sealRecord(record, coordinates, keys);
      return sealed.length <= maxInlineBytes ? sealed : claims.deposit(sealed, coordinates);
    },
  };
}
