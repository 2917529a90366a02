import { openKms, plainMaterial, readRing, wrappedMaterial, type MakeMaterial } from '@das/keys';
import { readEnvironment } from '@das/environment';
import { InvalidArgumentError } from 'commander';
import { isPurpose } from '@das/keys';
import type { KeyPurpose } from '@das/pipeline';
import { existsSync } from 'node:fs';
import { z } from 'zod';

/** The file named by PHI_KEY_FILE. @throws Failure setup */
export function ringPath(variables: NodeJS.ProcessEnv): string {
  return readEnvironment(z.object({ PHI_KEY_FILE: z.string().min(1) }), variables).PHI_KEY_FILE;
}

/**
 * Lets keys be made as the ring's last one was: in clear, or wrapped by the same KMS key.
 * @param kmsKey - wraps them instead
 * @throws Failure
 */
export async function withMaker<T>(
  path: string,
  kmsKey: string | undefined,
  use: (make: MakeMaterial) => Promise<T>,
): Promise<T> {
  const wrappedBy = kmsKey ?? (existsSync(path) ? readRing(path).at(-1)?.kmsKey : undefined);
  if (wrappedBy === undefined) return use(async () => Promise.resolve(plainMaterial()));
  const wrapper = await openKms();
  try {
    return await use(wrappedMaterial(wrapper, wrappedBy));
  } finally {
    wrapper.close();
  }
}

/** @throws InvalidArgumentError */
export function readPurpose(text: string): KeyPurpose {
  if (isPurpose(text)) return text;
  throw new InvalidArgumentError(
    'dead-letter, record-hash, link, token:<domain> or encrypt:<domain> is needed.',
  );
}
