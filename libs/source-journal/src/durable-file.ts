import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Writes a new file and forces it to disk; on failure nothing is left behind. */
export async function writeSynced(path: string, text: string): Promise<void> {
  try {
    const file = await open(path, 'wx');
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (thrown) {
    await rm(path, { force: true });
    throw thrown;
  }
}

/** Puts the finished file `aside` in the place of `path`, durably. */
export async function renameSynced(aside: string, path: string): Promise<void> {
  await rename(aside, path);
  const dir = await open(dirname(path), 'r');
  try {
    await dir.sync();
  } finally {
    await dir.close();
  }
}
