import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { paths } from './console.mjs';
import { run } from './run.mjs';

/** dbt by hand, in the project, on the folders that `das transform` works in. */
export async function runDbt(args) {
  const demo = join(paths.root, '.das', 'demo');
  const { env } = process;
  env.DAS_LAKE = resolve(env.DAS_LAKE || join(demo, 'lake'));
  env.DAS_WORK = resolve(env.DAS_WORK || join(env.DAS_REFINED || join(demo, 'refined'), 'work'));
  env.DBT_PROJECT_DIR = env.DBT_PROFILES_DIR = join(paths.root, 'dbt');
  mkdirSync(env.DAS_WORK, { recursive: true });
  return (await run(join(paths.tools, 'dbt', 'bin', 'dbt'), args)).code;
}
