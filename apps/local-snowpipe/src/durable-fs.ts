import { mkdir, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * A file was renamed in, and the disk did not say whether that lasts. Written again it could be there twice, given
 * up it could be there after all: only a restart, which looks, can tell.
 */
export class UndecidedError extends Error {}

/** Moves a finished file to where it counts; it is there whole or not at all. @throws UndecidedError */
export async function publish(aside: string, path: string): Promise<void> {
  const folder = dirname(path);
  await makeFolder(folder);
  await sync(aside);
  await rename(aside, path);
  await sync(folder).catch((cause: unknown) => {
    throw new UndecidedError('a folder could not be synced after a rename', { cause });
  });
}

/** New folders survive a crash as well, up to the first one that was there before. */
async function makeFolder(folder: string): Promise<void> {
  const made = await mkdir(folder, { recursive: true });
  if (made === undefined) return;
  for (let parent = dirname(folder); parent.length >= dirname(made).length; parent = dirname(parent))
    await sync(parent);
}

/** Makes a file's content, or a folder's entries, survive a crash of the machine. */
async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
