import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { UsageError } from './usage-error';

/** Says that a directory is a demo's, and which process used it last. */
const MARK = '.das-demo';

/**
 * Empties the directory of an earlier run.
 * @returns its absolute path
 * @throws UsageError when it holds something else, or another demo runs in it
 */
export function claimStateDir(path: string): string {
  const dir = resolve(path);
  const shown = relative('.', dir) === '' ? '.' : relative('.', dir);
  const mark = join(dir, MARK);
  if (existsSync(mark)) {
    const pid = Number(readFileSync(mark, 'utf8'));
    if (isAlive(pid))
      throw new UsageError(`another demo (process ${pid}) runs in ${shown}: choose another --dir`);
    rmSync(dir, { recursive: true });
  } else if (existsSync(dir) && readdirSync(dir).length > 0) {
    throw new UsageError(`${shown} is not empty and not a demo's: move it away, or choose another --dir`);
  }
  mkdirSync(dir, { recursive: true });
  writeFileSync(mark, `${process.pid}\n`);
  return dir;
}

/** Signal 0 asks whether a process is there; a demo that may not be signalled runs as well. */
function isAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
