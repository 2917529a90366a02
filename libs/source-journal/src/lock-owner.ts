import { Failure } from '@das/pipeline';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { errorCode, ifThere } from './error-code';

/** Who holds a lock. */
export interface LockOwner {
  readonly pid: number;
  readonly host: string;
  /** Random, never used twice. */
  readonly id: string;
}

/** The ids this process holds: tells it from an earlier one that had the same pid (pid 1 in a container). */
const alive = new Set<string>();

export function newOwner(): LockOwner {
  const owner = { pid: process.pid, host: hostname(), id: randomUUID() };
  alive.add(owner.id);
  return owner;
}

/** The owner gave up: its files are nobody's now. */
export function retire(owner: LockOwner): void {
  alive.delete(owner.id);
}

/** Whether the owner certainly runs no more; of another host's processes nothing is certain. */
export function isDead(owner: LockOwner): boolean {
  if (owner.host !== hostname()) return false;
  if (owner.pid === process.pid) return !alive.has(owner.id);
  try {
    process.kill(owner.pid, 0);
    return false;
  } catch (thrown) {
    return errorCode(thrown) === 'ESRCH';
  }
}

/**
 * @returns `undefined` when there is no such file
 * @throws Failure setup when the file was not written by a journal source
 */
export async function readOwner(path: string): Promise<LockOwner | undefined> {
  const text = await ifThere(readFile(path, 'utf8'));
  return text === undefined ? undefined : parseOwner(text);
}

function parseOwner(text: string): LockOwner {
  try {
    const { pid, host, id } = JSON.parse(text) as Partial<Record<keyof LockOwner, unknown>>;
    // A pid of 0 or less would stand for a whole process group.
    const isPid = typeof pid === 'number' && Number.isSafeInteger(pid) && pid > 0;
    if (isPid && typeof host === 'string' && typeof id === 'string' && /^[\w-]+$/.test(id)) {
      return { pid, host, id };
    }
  } catch {
    // Reported below.
  }
  throw new Failure('setup', 'journal_lock_unreadable', 'a partition lock file cannot be understood', {
    cure: 'make sure that no collector reads the partition, then remove its .lock file',
  });
}
