import { mkdir, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Makes a file's content, or a folder's entries, survive a crash of the machine. */
export async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Moves a finished file to where it counts; it is there whole or not at all. */
export async function publish(aside: string, path: string): Promise<void> {
  await sync(aside);
  const folder = dirname(path);
  const made = await mkdir(folder, { recursive: true });
  await rename(aside, path);
  await sync(folder);
  // A new folder must survive as well, up to the first one that was there before.
  if (made === undefined) return;
  for (let parent = dirname(folder); parent.length >= dirname(made).length; parent = dirname(parent))
    await sync(parent);
}
