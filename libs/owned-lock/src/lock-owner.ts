import { createHash, randomUUID } from 'node:crypto';
import { hostname } from 'node:os';

/** What this process holds: tells it from an earlier one that had the same id (1, in a container). */
const alive = new Set<string>();

/** @returns the text of a lock of ours, never the same twice */
export function newOwner(): string {
  const owner = `${process.pid}@${hostname()} ${randomUUID()}`;
  alive.add(owner);
  return owner;
}

/** It holds nothing any more. */
export function retire(owner: string): void {
  alive.delete(owner);
}

/** Whether the owner certainly runs no more; of another host's processes nothing is certain. */
export function isDead(owner: string): boolean {
  const [, pid = '', host] = /^([1-9]\d*)@(\S+) [\w-]+$/.exec(owner) ?? [];
  if (host !== hostname()) return false;
  if (Number(pid) === process.pid) return !alive.has(owner);
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

/** Of a file's name: short, and without what a host's name may hold. */
export function nameOf(owner: string): string {
  return createHash('sha256').update(owner).digest('hex').slice(0, 32);
}
