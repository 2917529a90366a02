import { takeLock } from '@das/owned-lock';
import { Failure } from '@das/pipeline';
import { ringFailure } from './ring-failure';

/**
 * Holds a ring for one writer at a time: two that read the same ring would each write it without the other's key,
 * and a lost key is lost data.
 * @returns lets go
 * @throws Failure transient while somebody else holds it, setup where it cannot be locked
 */
export function lockRing(path: string): () => void {
  const unlock = tryLock(`${path}.lock`);
  if (unlock !== undefined) return unlock;
  throw new Failure('transient', 'ring_locked', 'another process is changing the key file', {
    cure: 'wait for it; if there is none any more, remove the file of the same name that ends in .lock',
  });
}

function tryLock(lock: string): (() => void) | undefined {
  try {
    return takeLock(lock);
  } catch (cause) {
    throw ringFailure('cannot be written', {
      cure: 'see that its folder is there and can be written',
      cause,
    });
  }
}
