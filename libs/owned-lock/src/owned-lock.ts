import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { isDead, nameOf, newOwner, retire } from './lock-owner';

/** Each time somebody else was quicker: so many do not want one lock at once. */
const TRIES = 10;

/**
 * Takes a lock file for this process. Folders above it are made, for this user alone.
 *
 * What a killed process left is taken over, on its own host, by exactly one process: the one whose `link()` to
 * `<lock>.<name of the dead owner>.next` succeeds. It then renames its own file over the lock. One that is killed
 * in between is succeeded in the same way, so these files form a chain whose last owner counts. Owners are never
 * the same twice: who links late finds another one in the lock, and looks again.
 * @returns lets go; `undefined` while somebody else holds it
 * @throws Error of the file system
 */
export function takeLock(lock: string): (() => void) | undefined {
  const owner = newOwner();
  const aside = `${lock}.${nameOf(owner)}`;
  let taken: boolean | 'held' = false;
  try {
    mkdirSync(dirname(lock), { recursive: true, mode: 0o700 });
    // Linked under its name only once it says whose it is: a lock that a kill left is never an empty one.
    writeFileSync(aside, owner, { mode: 0o600, flag: 'wx' });
    for (let tries = 0; tries < TRIES && taken === false; tries++) taken = take(lock, aside);
  } finally {
    if (taken !== true) retire(owner);
    rmSync(aside, { force: true });
  }
  if (taken !== true) return undefined;
  return () => {
    // Nobody succeeds a living owner; by hand it may have been removed, and another one may be there.
    if (read(lock) === owner) rmSync(lock, { force: true });
    retire(owner);
  };
}

/** @returns false: somebody else was quicker, or let go; look again */
function take(lock: string, aside: string): boolean | 'held' {
  const chain = chainOf(lock);
  const last = chain.at(-1);
  if (last === undefined) return tryLink(aside, lock);
  if (!isDead(last)) return 'held';
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
