import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { paths } from './console.mjs';

const SKIPPED = new Set(['node_modules', 'dist', '.git', '.das', '.tools']);

/**
 * A hash of files and folders, to know whether a step's input changed since it was last done.
 * @param counts - which files do, by their path in the repository
 */
export function hashOf(names, counts = () => true) {
  const hash = createHash('sha256').update(process.version);
  for (const name of names) addTo(hash, name, counts);
  return hash.digest('hex');
}

function addTo(hash, name, counts) {
  const path = join(paths.root, name);
  if (!statSync(path).isDirectory()) {
    if (!counts(name)) return;
    hash.update(`${name}\n`).update(readFileSync(path));
    return;
  }
  for (const entry of readdirSync(path).sort())
    if (!SKIPPED.has(entry)) addTo(hash, `${name}/${entry}`, counts);
}

/**
 * Does `step` unless it was done for the same input and its result is still there; `always`: even then.
 * @param hash - of the input, where it is known already
 */
export async function unlessDone({ stamp, input, hash = hashOf(input), result, step, always = false }) {
  const file = join(paths.root, stamp);
  if (!always && exists(result) && read(file) === hash) return;
  rmSync(file, { force: true });
  await step();
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, hash);
}

function exists(path) {
  return statSync(join(paths.root, path), { throwIfNoEntry: false }) !== undefined;
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
