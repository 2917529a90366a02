import { createClaimDirectory, createSealer, type ClaimCheck } from '@das/dead-letters';
import { openKeys, type HeldKeys } from '@das/keys';
import { Failure, type DeadPayloadSealer, type KeyProvider } from '@das/pipeline';
import type { CollectorConfig } from './config';

/** Leaves room for the other columns in an append of four megabytes. */
const MAX_INLINE_DEAD_BYTES = 3_500_000;

/** A key that is missing is told before the first record needs it. @throws Failure */
export async function readKeys({ PHI_KEY_FILE: path }: CollectorConfig): Promise<HeldKeys> {
  const keys = await openKeys(path);
  for (const purpose of ['dead-letter', 'record-hash'] as const) keys.current(purpose);
  return keys;
}

/** Where dead letters are kept that exceed one append; undefined: nobody said where. */
export function claimsOf({ DAS_CLAIM_DIR: directory }: CollectorConfig): ClaimCheck | undefined {
  return directory === undefined ? undefined : createClaimDirectory(directory);
}

export function createDeadLetterSealer(config: CollectorConfig, keys: KeyProvider): DeadPayloadSealer {
  return createSealer({ keys, claims: claimsOf(config) ?? noClaims, maxInlineBytes: MAX_INLINE_DEAD_BYTES });
}

/** A record that exceeds one append stops its partition until somebody says where such records may go. */
const noClaims: ClaimCheck = {
  deposit() {
    throw new Failure(
      'setup',
      'claim_dir_missing',
      'a dead letter exceeds one append and DAS_CLAIM_DIR is not set',
      {
        cure: 'set DAS_CLAIM_DIR to a durable directory',
      },
    );
  },
  redeem: () => undefined,
};
