import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Failure } from '@das/pipeline';

/** Where dbt is: as it is named, else where the set-up puts it, else on PATH. @throws Failure setup */
export function findDbt({
  named,
  root,
  path,
}: {
  readonly named: string | undefined;
  readonly root: string;
  readonly path: string;
}): string {
  if (named !== undefined) {
    if (isExecutable(named)) return named;
    throw missing('DAS_DBT names no program that can be run', 'let it name dbt, or leave it empty');
  }
  const places = [join(root, '.tools', 'dbt', 'bin'), ...path.split(delimiter).filter((dir) => dir !== '')];
  const found = places.map((dir) => join(dir, 'dbt')).find(isExecutable);
  if (found === undefined) throw missing('dbt is not installed', 'node scripts/das.mjs setup installs it');
  return found;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

function missing(what: string, cure: string): Failure {
  return new Failure('setup', 'dbt_missing', what, { cure });
}
