import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { Failure } from '@das/pipeline';
import { isDead, nameOf, newOwner, retire } from './lock-owner';
import { ringFailure } from './ring-failure';

/** Each time somebody else was quicker: so many do not change a ring at once. */
const TRIES = 10;

/**
 * Holds a ring for one writer at a time: two that read the same ring would each write it without the other's key,
 * and a lost key is lost data.
 *
 * What a killed process left is taken over, on its own host, by exactly one process: the one whose `link()` to
 * `<lock>.<name of the dead owner>.next` succeeds. It then renames its own file over the lock. One that is killed
 * in between is succeeded in the same way, so these files form a chain whose last owner counts. Owners are never
 * the same twice: who links late finds another one in the lock, and looks again.
 * @returns lets go
 * @throws Failure
 */
export function lockRing(path: string): () => void {
  const lock = `${path}.lock`;
  const owner = newOwner();
  const aside = `${lock}.${nameOf(owner)}`;
  let taken = false;
  try {
    mkdirSync(dirname(lock), { recursive: true, mode: 0o700 });
    // Linked under its name only once it says whose it is: a lock that a kill left is never an empty one.
    writeFileSync(aside, owner, { mode: 0o600, flag: 'wx' });
    for (let tries = 0; tries < TRIES && !taken; tries++) taken = take(lock, aside);
    if (!taken) throw held();
  } catch (cause) {
    if (cause instanceof Failure) throw cause;
    throw ringFailure('cannot be written', {
      cure: 'see that its folder is there and can be written',
      cause,
    });
  } finally {
    if (!taken) retire(owner);
    rmSync(aside, { force: true });
  }
  return () => {
    // Nobody succeeds a living owner; by hand it may have been removed, and another one may be there.
    if (read(lock) === owner) rmSync(lock, { force: true });
    retire(owner);
  };
}

/**
 * @returns false: somebody else was quicker, or let go
 * @throws Failure transient while somebody holds it
 */
function take(lock: string, aside: string): boolean {
  const chain = chainOf(lock);
  const last = chain.at(-1);
  if (last === undefined) return tryLink(aside, lock);
  if (!isDead(last)) throw held();
  const claim = nextOf(lock, last);
  if (!tryLink(aside, claim)) return false;
  try {
    // Somebody may have succeeded, and removed the chain, between our look and our claim.
    if (read(lock) !== chain[0]) {
      rmSync(claim, { force: true });
      return false;
    }
    renameSync(aside, lock);
  } catch (thrown) {
    rmSync(claim, { force: true });
    throw thrown;
  }
  for (const dead of chain) rmSync(nextOf(lock, dead), { force: true });
  return true;
}

/** The lock's owner, who succeeded it, and so on. */
function chainOf(lock: string): readonly string[] {
  const chain: string[] = [];
  let owner = read(lock);
  while (owner !== undefined) {
    chain.push(owner);
    owner = read(nextOf(lock, owner));
  }
  return chain;
}

function nextOf(lock: string, owner: string): string {
  return `${lock}.${nameOf(owner)}.next`;
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT') return undefined;
    throw thrown;
  }
}

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (thrown) {
    if (codeOf(thrown) === 'EEXIST') return false;
    throw thrown;
  }
}

function codeOf(thrown: unknown): string | undefined {
  return (thrown as NodeJS.ErrnoException).code;
}

function held(): Failure {
  return new Failure('transient', 'ring_locked', 'another process is changing the key file', {
    cure: 'wait for it; if there is none any more, remove the file of the same name that ends in .lock',
  });
}
