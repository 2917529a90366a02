import { randomBytes } from 'node:crypto';
import { Failure, type KeyPurpose } from '@das/pipeline';
import type { KeyWrapper } from './key-wrapper';
import { isLayered } from './purpose';
import { KEY_BYTES, type RingEntry } from './ring-entry';

/** How the material of a new key comes about and is kept. */
export type MakeMaterial = (
  purpose: KeyPurpose,
  id: string,
) => Promise<Pick<RingEntry, 'material' | 'wrapped' | 'kmsKey'>>;

/** In clear, in the file itself: for a laptop. */
export function plainMaterial(): Pick<RingEntry, 'material'> {
  return { material: randomBytes(KEY_BYTES).toString('base64') };
}

/** By a service that alone can unwrap it. */
export function wrappedMaterial(wrapper: KeyWrapper, kmsKey: string): MakeMaterial {
  return async (purpose, id) => wrapper.make({ purpose, id }, kmsKey);
}

/**
 * The id of a purpose's next key. Its end is random: a ring that was lost and made anew must not give out the
 * ids of the lost one, or what was made with that one would seem to be readable.
 */
export function nextKeyId(keys: readonly RingEntry[], purpose: KeyPurpose): string {
  const name = purpose.slice(purpose.indexOf(':') + 1);
  const count = keys.filter((key) => key.purpose === purpose).length;
  return `${name.slice(0, 40)}-${count + 1}-${randomBytes(2).toString('hex')}`;
}

/** The purposes that have no key. */
export function missingPurposes(
  keys: readonly RingEntry[],
  wanted: readonly KeyPurpose[],
): readonly KeyPurpose[] {
  return wanted.filter((wish) => !keys.some(({ purpose }) => purpose === wish));
}

/** Keys for those purposes that have none. @returns the same ring when none is missing */
export async function addMissing(
  keys: readonly RingEntry[],
  wanted: readonly KeyPurpose[],
  make: MakeMaterial,
): Promise<readonly RingEntry[]> {
  const missing = missingPurposes(keys, wanted);
  if (missing.length === 0) return keys;
  const added: RingEntry[] = [];
  for (const purpose of missing) added.push(await newKey(keys, purpose, make));
  return [...keys, ...added];
}

/** One more key, which is used from now on; earlier ones go on reading. @throws Failure for keys of tokens */
export async function rotate(
  keys: readonly RingEntry[],
  purpose: KeyPurpose,
  make: MakeMaterial,
): Promise<readonly RingEntry[]> {
  if (isLayered(purpose)) {
    throw new Failure('setup', 'not_rotated', `the key of ${purpose} makes tokens, and is never exchanged`, {
      cure: `das keys rekey ${purpose} re-keys what has landed too`,
    });
  }
  return [...keys, await newKey(keys, purpose, make)];
}

/** A key that is in use at once. */
async function newKey(
  keys: readonly RingEntry[],
  purpose: KeyPurpose,
  make: MakeMaterial,
): Promise<RingEntry> {
  const id = nextKeyId(keys, purpose);
  return { ...(await make(purpose, id)), id, purpose, created: new Date().toISOString(), state: 'active' };
}
