import { resolve } from 'node:path';
import { Failure } from '@das/pipeline';

/** DuckDB takes a path with one of these for a pattern, which may match nothing, or another folder. */
const PATTERN = /[*?[\\]/;

/**
 * The whole path of a folder that DuckDB is going to read.
 * @throws Failure setup: what would be read otherwise is empty, and looks right
 */
export function plainPath(variable: string, folder: string): string {
  const path = resolve(folder);
  if (!PATTERN.test(path)) return path;
  throw new Failure(
    'setup',
    'folder_is_pattern',
    `the path of the folder named by ${variable} has a character that DuckDB takes for a pattern`,
    { cure: String.raw`let ${variable} name a folder without any of * ? [ \ in its whole path` },
  );
}
