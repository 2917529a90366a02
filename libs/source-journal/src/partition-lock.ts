import { link, rename, rm } from 'node:fs/promises';
import { writeSynced } from './durable-file';
import { errorCode } from './error-code';
import { isDead, type LockOwner, newOwner, readOwner, retire } from './lock-owner';

/**
 * A lock file that is ours. It appears whole and only where there was none, by `link()` of an aside file.
 *
 * A dead owner is succeeded by exactly one process: the one whose `link()` to `<lock>.<dead id>.next` succeeds.
 * It then renames its own file over the lock and removes the `.next` file. A successor that died half-way is
 * itself succeeded through `<lock>.<its id>.next`, so the `.next` files form a chain whose last owner counts.
 * Ids are never used twice, so whoever links late finds another id in the lock and gives up.
 */
export class PartitionLock {
  private constructor(
    private readonly path: string,
    private readonly owner: LockOwner,
  ) {}

  /**
   * @returns `undefined` while somebody else holds it
   * @throws Failure setup when the lock cannot be understood
   */
  static async acquire(path: string): Promise<PartitionLock | undefined> {
    const chain = await readChain(path);
    const last = chain.at(-1);
    if (last !== undefined && !isDead(last)) return undefined;
    const owner = newOwner();
    const aside = `${path}.${owner.id}.aside`;
    let acquired = false;
    try {
      await writeSynced(aside, JSON.stringify(owner));
      acquired = last === undefined ? await tryLink(aside, path) : await succeed(path, chain, last, aside);
    } finally {
      if (!acquired) retire(owner);
      await rm(aside, { force: true }).catch(() => undefined);
    }
    return acquired ? new PartitionLock(path, owner) : undefined;
  }

  /** Whether the lock file is still ours, read afresh. */
  async isHeld(): Promise<boolean> {
    return (await readOwner(this.path))?.id === this.owner.id;
  }

  /** Removes the lock file if it is still ours: nobody succeeds a living owner, so it cannot change meanwhile. */
  async release(): Promise<void> {
    try {
      if (await this.isHeld()) await rm(this.path, { force: true });
    } finally {
      retire(this.owner);
    }
  }
}

async function succeed(
  path: string,
  chain: readonly LockOwner[],
  last: LockOwner,
  aside: string,
): Promise<boolean> {
  const claim = nextOf(path, last);
  if (!(await tryLink(aside, claim))) return false;
  try {
    // Somebody may have succeeded, and removed the chain, between our look and our claim.
    if ((await readOwner(path))?.id !== chain[0]?.id) {
      await rm(claim, { force: true });
      return false;
    }
    await rename(aside, path);
  } catch (thrown) {
    await rm(claim, { force: true });
    throw thrown;
  }
  // What cannot be removed is only litter: its id is in no lock any more.
  for (const dead of chain) await rm(nextOf(path, dead), { force: true }).catch(() => undefined);
  return true;
}

/** The lock's owner, its successor, and so on: the last one counts. */
async function readChain(path: string): Promise<readonly LockOwner[]> {
  const chain: LockOwner[] = [];
  let owner = await readOwner(path);
  while (owner !== undefined) {
    chain.push(owner);
    owner = await readOwner(nextOf(path, owner));
  }
  return chain;
}

function nextOf(path: string, owner: LockOwner): string {
  return `${path}.${owner.id}.next`;
}

async function tryLink(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (thrown) {
    if (errorCode(thrown) === 'EEXIST') return false;
    throw thrown;
  }
}
