import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { Failure } from '@das/pipeline';
import { ringFailure } from './ring-failure';

/**
 * Holds a ring for one writer at a time: two that read the same ring would each write it without the other's key,
 * and a lost key is lost data. What a killed process left is taken over, on its own host.
 * @returns lets go
 * @throws Failure
 */
export function lockRing(path: string): () => void {
  const lock = `${path}.lock`;
  if (!take(lock)) {
    if (isAbandoned(lock)) rmSync(lock, { force: true });
    if (!take(lock)) throw held();
  }
  return () => {
    rmSync(lock, { force: true });
  };
}

/** Linked under its name only once it says whose it is: a lock that a kill left is never an empty one. */
function take(lock: string): boolean {
  const own = `${lock}.${process.pid}`;
  try {
    mkdirSync(dirname(lock), { recursive: true, mode: 0o700 });
    writeFileSync(own, `${process.pid}@${hostname()}`, { mode: 0o600 });
    linkSync(own, lock);
    return true;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw ringFailure('cannot be written', {
      cure: 'see that its folder is there and can be written',
      cause,
    });
  } finally {
    rmSync(own, { force: true });
  }
}

function isAbandoned(lock: string): boolean {
  const [, pid = '', host] = /^(\d+)@(.*)$/.exec(readFileSync(lock, 'utf8')) ?? [];
  if (host !== hostname()) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

function held(): Failure {
  return new Failure('transient', 'ring_locked', 'another process is changing the key file', {
    cure: 'wait for it; if there is none any more, remove the file of the same name that ends in .lock',
  });
}
