import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { paths } from './console.mjs';
import { run } from './run.mjs';

/** dbt by hand, in the project, on the folders that `das transform` works in. */
export async function runDbt(args) {
  const refined = process.env.DAS_REFINED || join(paths.root, '.das', 'demo', 'refined');
  process.env.DAS_LAKE ||= join(paths.root, '.das', 'demo', 'lake');
  process.env.DAS_WORK ||= join(refined, 'work');
  mkdirSync(process.env.DAS_WORK, { recursive: true });
  const project = join(paths.root, 'dbt');
  const dbt = join(paths.tools, 'dbt', 'bin', 'dbt');
  return (await run(dbt, [...args, '--project-dir', project, '--profiles-dir', project])).code;
}
