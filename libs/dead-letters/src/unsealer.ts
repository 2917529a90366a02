import { Failure, type Coordinates, type KeyProvider } from '@das/pipeline';
import { isClaim, type ClaimCheck } from './claim-check';
import { openRecord, type DeadRecord } from './sealed-payload';

/** Opens what a sealer sealed, wherever it is kept. */
export interface Unsealer {
  /**
   * @param sealed - as in DEAD_PAYLOAD
   * @throws Failure data where this one record cannot be opened, setup where a key or the claims are missing
   */
  unseal(sealed: string, coordinates: Coordinates): DeadRecord;
}

/** @param claims - undefined: nobody said where claims are kept */
export function createUnsealer(options: {
  readonly keys: KeyProvider;
  readonly claims: ClaimCheck | undefined;
}): Unsealer {
  const { keys, claims } = options;
  return {
    unseal(sealed, coordinates) {
      if (!isClaim(sealed)) return openRecord(sealed, coordinates, keys);
      if (claims === undefined) {
        throw new Failure('setup', 'claim_dir_missing', 'a dead letter is kept outside its row', {
          cure: 'set DAS_CLAIM_DIR to the directory that the collector used',
        });
      }
      const redeemed = claims.redeem(sealed);
      if (redeemed !== undefined) return openRecord(redeemed, coordinates, keys);
      throw new Failure('data', 'claim_missing', 'nothing is kept under the claim of this dead letter', {
        cure: 'see that DAS_CLAIM_DIR is the directory that the collector used',
      });
    },
  };
}
