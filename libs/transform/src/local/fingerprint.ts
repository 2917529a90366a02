import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What dbt writes into its project when it is run there by hand. */
const NOT_THE_PROJECT = new Set(['target', 'logs', 'dbt_packages', 'rendered', '.user.yml']);

/**
 * Stands for the rows of a lake: its finished files, by name, since a file never changes. What is not finished, or
 * is not rows, is in folders that begin with an underscore.
 */
export function lakeFingerprint(lake: string): string {
  const hash = createHash('sha256');
  for (const file of filesOf(lake, ({ name }) => !name.startsWith('_')))
    if (file.endsWith('.parquet')) hash.update(`${file}\n`);
  return hash.digest('hex');
}

/** Stands for what is made of the rows. */
export function projectFingerprint(project: string): string {
  const hash = createHash('sha256');
  for (const file of filesOf(project, ({ name }) => !NOT_THE_PROJECT.has(name)))
    hash
      .update(`${file}\n`)
      .update(readFileSync(join(project, file)))
      .update('\n');
  return hash.digest('hex');
}

/** Relative, in order. */
function filesOf(folder: string, isWanted: (entry: { readonly name: string }) => boolean): readonly string[] {
  const files: string[] = [];
  const pending = [''];
  for (let at = pending.pop(); at !== undefined; at = pending.pop())
    for (const entry of readdirSync(join(folder, at), { withFileTypes: true }).filter(isWanted)) {
      if (entry.isDirectory()) pending.push(join(at, entry.name));
      else files.push(join(at, entry.name));
    }
  return files.sort();
}
