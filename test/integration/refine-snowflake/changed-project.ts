import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const PROJECT = join(__dirname, '../../../dbt');

/** A copy of the dbt project in which a text stands for another one. @throws Error where the text is not there */
export function changedProject(
  dir: string,
  changes: readonly { readonly file: string; readonly from: string; readonly to: string }[],
): string {
  cpSync(PROJECT, dir, { recursive: true });
  for (const { file, from, to } of changes) {
    const text = readFileSync(join(dir, file), 'utf8');
    if (!text.includes(from)) throw new Error(`${file} has nothing to change`);
    writeFileSync(join(dir, file), text.replace(from, to));
  }
  return dir;
}
