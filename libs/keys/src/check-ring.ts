import type { KeyPurpose } from '@das/pipeline';
import { isLayered } from './purpose';
import type { RingEntry } from './ring-entry';
import { ringFailure } from './ring-failure';

/**
 * What must hold of a ring as a whole: ids are unique within a purpose, and token keys form one chain.
 * @throws Failure setup
 */
export function checkRing(keys: readonly RingEntry[]): void {
  for (const [purpose, entries] of byPurpose(keys)) {
    if (new Set(entries.map(({ id }) => id)).size < entries.length) {
      throw ringFailure(`has two keys of one id for the purpose ${purpose}`, {
        cure: 'an id is never used again: leave the key that it was given to first',
      });
    }
    if (isLayered(purpose)) checkChain(purpose, entries);
    else checkPlain(purpose, entries);
  }
}

export function byPurpose(keys: readonly RingEntry[]): ReadonlyMap<KeyPurpose, readonly RingEntry[]> {
  const found = new Map<KeyPurpose, RingEntry[]>();
  for (const key of keys) found.set(key.purpose, [...(found.get(key.purpose) ?? []), key]);
  return found;
}

/** Each key follows the one before it, by name; the last one alone may wait to be used. */
function checkChain(purpose: KeyPurpose, entries: readonly RingEntry[]): void {
  entries.forEach(({ id, follows, state, activated }, index) => {
    if (follows !== entries[index - 1]?.id) {
      throw ringFailure(`has the key ${id} of ${purpose}, which does not follow the key before it`, {
        cure: `a key that makes tokens is never exchanged: das keys rekey ${purpose} adds the next one`,
      });
    }
    if (state === 'pending' && (index === 0 || index < entries.length - 1)) {
      throw ringFailure(`has the pending key ${id} of ${purpose} where none can be`, {
        cure: 'only the last of several keys can wait to be used',
      });
    }
    // Its tokens have landed: at a start nothing else would tell that they change.
    if (state === 'pending' && activated !== undefined) {
      throw ringFailure(`has the key ${id} of ${purpose}, which was in use, as pending again`, {
        cure: 'make its state active again: a key that made tokens stays in use',
      });
    }
  });
}

function checkPlain(purpose: KeyPurpose, entries: readonly RingEntry[]): void {
  const wrong = entries.find(({ follows, state }) => follows !== undefined || state === 'pending');
  if (wrong === undefined) return;
  throw ringFailure(`has the key ${wrong.id} of ${purpose} with what only keys of tokens have`, {
    cure: 'take out its state and what it follows',
  });
}
