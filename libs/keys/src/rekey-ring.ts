import { Failure, type KeyPurpose } from '@das/pipeline';
import { nextKeyId, type MakeMaterial } from './new-key';
import { isLayered } from './purpose';
import type { RingEntry } from './ring-entry';
import { ringFailure } from './ring-failure';

/**
 * Where the re-keying of a purpose stands, as its ring says: `none` is under way; a `pending` key waits to be
 * used; or the `active` one is in use, and earlier tokens are still to be mapped.
 */
export type Rekeying =
  { readonly step: 'none' } | { readonly step: 'pending' | 'active'; readonly key: RingEntry };

/** @throws Failure for a purpose that has no tokens, or no key */
export function rekeyingOf(keys: readonly RingEntry[], purpose: KeyPurpose): Rekeying {
  if (!isLayered(purpose)) {
    throw new Failure('setup', 'not_rekeyed', `keys of ${purpose} make no tokens`, {
      cure: `das keys rotate ${purpose} is enough: what was made with the earlier key names it`,
    });
  }
  const last = keys.filter((key) => key.purpose === purpose).at(-1);
  if (last === undefined) throw ringFailure(`holds no key for the purpose ${purpose}`);
  if (last.state === 'pending') return { step: 'pending', key: last };
  if (last.follows !== undefined && last.rekeyed === undefined) return { step: 'active', key: last };
  return { step: 'none' };
}

/** Adds the next key, not used yet. */
export async function addPending(
  keys: readonly RingEntry[],
  purpose: KeyPurpose,
  make: MakeMaterial,
): Promise<readonly RingEntry[]> {
  if (rekeyingOf(keys, purpose).step !== 'none') return keys;
  const follows = keys.filter((key) => key.purpose === purpose).at(-1)?.id;
  const id = nextKeyId(keys, purpose);
  const material = await make(purpose, id);
  return [
    ...keys,
    { ...material, id, purpose, created: new Date().toISOString(), state: 'pending', follows },
  ];
}

/** Uses the key that waits. */
export function activate(keys: readonly RingEntry[], purpose: KeyPurpose): readonly RingEntry[] {
  return replaced(keys, purpose, 'pending', { state: 'active', activated: new Date().toISOString() });
}

/** Every earlier token is mapped. */
export function markRekeyed(keys: readonly RingEntry[], purpose: KeyPurpose): readonly RingEntry[] {
  return replaced(keys, purpose, 'active', { rekeyed: new Date().toISOString() });
}

function replaced(
  keys: readonly RingEntry[],
  purpose: KeyPurpose,
  step: Rekeying['step'],
  by: Partial<RingEntry>,
): readonly RingEntry[] {
  const rekeying = rekeyingOf(keys, purpose);
  if (rekeying.step !== step || rekeying.step === 'none') return keys;
  return keys.map((key) => (key === rekeying.key ? { ...key, ...by } : key));
}
