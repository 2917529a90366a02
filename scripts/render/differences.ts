import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RenderedFile } from './rendered-files';

/** What a folder has otherwise than it should: files that are missing or stale, and files that no model has any more. */
export function differences(
  folder: string,
  files: readonly RenderedFile[],
): { readonly stale: readonly RenderedFile[]; readonly leftOver: readonly string[] } {
  const there = existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
        /\.(sql|lineage\.json)$/.test(path),
      )
    : [];
  const wanted = new Set(files.map(({ path }) => path));
  return {
    stale: files.filter(
      ({ path, text }) => !there.includes(path) || readFileSync(join(folder, path), 'utf8') !== text,
    ),
    leftOver: there.filter((path) => !wanted.has(path)),
  };
}
