import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { checkRing } from './check-ring';
import { readRing } from './open-keys';
import { formatRing, type RingEntry } from './ring-entry';
import { ringFailure } from './ring-failure';
import { lockRing } from './ring-lock';

/** What becomes of a ring; the same one when there is nothing to do. */
export type RingChange = (keys: readonly RingEntry[]) => Promise<readonly RingEntry[]>;

/**
 * Changes a ring, or makes one. It is never half written: it is written aside, made durable and renamed, for its
 * owner alone (0600).
 * @returns the ring as it is then
 * @throws Failure
 */
export async function changeRing(path: string, change: RingChange): Promise<readonly RingEntry[]> {
  const unlock = lockRing(path);
  try {
    const before = existsSync(path) ? readRing(path) : [];
    checkRing(before);
    const after = await change(before);
    if (after !== before) writeRing(path, after);
    return after;
  } finally {
    unlock();
  }
}

/** @throws Failure */
export function writeRing(path: string, keys: readonly RingEntry[]): void {
  checkRing(keys);
  const folder = dirname(path);
  const aside = `${path}.new`;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    // What a killed process left would keep its mode, and a link would be followed.
    rmSync(aside, { force: true });
    const file = openSync(aside, 'wx', 0o600);
    try {
      writeFileSync(file, formatRing(keys));
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(aside, path);
    const parent = openSync(folder, 'r');
    try {
      fsyncSync(parent);
    } finally {
      closeSync(parent);
    }
  } catch (cause) {
    throw ringFailure('cannot be written', {
      cure: 'see that its folder can be written and has room',
      cause,
    });
  }
}
