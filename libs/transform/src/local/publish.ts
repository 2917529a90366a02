import { existsSync, lstatSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { mkdir, symlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Published } from '../transformer';
import { copyDatabases, countRows } from './database-files';
import { renameSynced, sync, writeSynced } from './durable';
import type { RefinedFolders } from './folders';
import { logPublication } from './publication-log';

/** A time to the millisecond; `.tmp` while it is not whole. */
const SNAPSHOT = /^\d{8}T\d{9}Z(\.tmp)?$/;

export type Manifest = Omit<Published, 'state'>;

/**
 * Makes what was built what readers see: copied aside, forced to disk, then switched to by one rename. Readers of
 * the earlier snapshot go on with it. A crash at any moment leaves the one that was there before, or the new one.
 */
export async function publish(
  { work, published, current, log }: RefinedFolders,
  startedMs: number,
  build: Pick<Manifest, 'models' | 'tests'>,
): Promise<Manifest> {
  await mkdir(published, { recursive: true });
  const before = currentId(current);
  remove(published, (name) => name.endsWith('.tmp'));
  const id = newId(published);
  const aside = join(published, `${id}.tmp`);
  const manifest = await make(aside).catch((thrown: unknown) => {
    // A full disk is not kept full.
    rmSync(aside, { recursive: true, force: true });
    throw thrown;
  });
  await renameSynced(aside, join(published, id));
  await switchTo(id, current);
  logPublication(log, { id, publishedAt: publishedAt(current) });
  // The one before it stays: a reader may be about to open it. What a crash left whole and unseen goes as well.
  remove(published, (name) => name !== id && name !== before);
  return manifest;

  async function make(folder: string): Promise<Manifest> {
    await mkdir(folder);
    const names = await copyDatabases(work, folder);
    const tables = await countRows(folder, names);
    const now = Date.now();
    const seconds = (now - startedMs) / 1000;
    const made: Manifest = { id, publishedAt: new Date(now).toISOString(), seconds, ...build, tables };
    await writeSynced(join(folder, 'manifest.json'), `${JSON.stringify(made, null, 2)}\n`);
    await sync(folder);
    return made;
  }
}

/** The snapshot that readers see. */
export function currentId(current: string): string | undefined {
  try {
    return basename(readlinkSync(current));
  } catch {
    return undefined;
  }
}

/** @returns undefined where it is not whole, which a rename does not leave behind */
export function readManifest(published: string, id: string): Manifest | undefined {
  try {
    return JSON.parse(readFileSync(join(published, id, 'manifest.json'), 'utf8')) as Manifest;
  } catch {
    return undefined;
  }
}

/** When readers could see it first. */
export function publishedAt(current: string): string {
  return lstatSync(current).ctime.toISOString();
}

async function switchTo(id: string, current: string): Promise<void> {
  const aside = `${current}.tmp`;
  rmSync(aside, { force: true });
  await symlink(id, aside);
  await renameSynced(aside, current);
}

function newId(published: string): string {
  for (let ms = Date.now(); ; ms++) if (!existsSync(join(published, idAt(ms)))) return idAt(ms);
}

function idAt(ms: number): string {
  return new Date(ms).toISOString().replaceAll(/[-:.]/g, '');
}

/** @param wanted - of a snapshot's name */
function remove(published: string, wanted: (name: string) => boolean): void {
  for (const name of readdirSync(published).filter((name) => SNAPSHOT.test(name) && wanted(name)))
    rmSync(join(published, name), { recursive: true, force: true });
}
