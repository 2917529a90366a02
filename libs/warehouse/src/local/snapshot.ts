import { readdirSync, readlinkSync } from 'node:fs';
import { basename, join } from 'node:path';

const ENDING = '.duckdb';

/** What a build published: a folder of read-only DuckDB files, one per database, that never changes. */
export interface Snapshot {
  readonly id: string;
  readonly databases: readonly { readonly name: string; readonly file: string }[];
}

export function publishedOf(refined: string): string {
  return join(refined, 'published');
}

/**
 * The snapshot that `published/current` names now; undefined before the first one. The link is switched by a rename,
 * and what it named before is deleted later: whoever finds a file missing looks again.
 */
export function currentSnapshot(refined: string): Snapshot | undefined {
  const published = publishedOf(refined);
  for (;;) {
    const id = linked(published);
    if (id === undefined) return undefined;
    // By its own name and not by the link, so that all files are of one snapshot.
    const folder = join(published, id);
    const files = filesOf(folder).filter((file) => file.endsWith(ENDING));
    // Nothing is deleted before the link names another one: the list was whole.
    if (linked(published) !== id) continue;
    return {
      id,
      databases: files.map((file) => ({ name: file.slice(0, -ENDING.length), file: join(folder, file) })),
    };
  }
}

function linked(published: string): string | undefined {
  try {
    return basename(readlinkSync(join(published, 'current')));
  } catch {
    return undefined;
  }
}

function filesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
