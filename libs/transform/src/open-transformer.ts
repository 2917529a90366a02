import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readEnvironment } from '@das/environment';
import { Failure } from '@das/pipeline';
import { localFolders, openWarehouse } from '@das/warehouse';
import { z } from 'zod';
import { findDbt } from './local/find-dbt';
import { openLocal } from './local/local-transformer';
import { observeSnowflake } from './snowflake/snowflake-transformer';
import type { Transformer } from './transformer';

const text = z.string().min(1);
const settings = z.object({
  /** dbt, where it is not where the set-up puts it. */
  DAS_DBT: text.optional(),
  /** Another dbt project than the repository's. */
  DAS_DBT_PROJECT: text.optional(),
});

/** What dbt and Python need of the environment, and no secret of ours. */
const PASSED_ON = ['PATH', 'HOME', 'LANG', 'LC_ALL', 'TMPDIR', 'TZ'];

/**
 * The transformer of the target that the environment names.
 * @param options.root - of the repository, where dbt and its project are looked for
 * @param options.databases - that SILVER and GOLD are in
 * @param options.note - is told, in a line, of anything that whoever runs this should know
 * @throws Failure setup; transient while another transform has the same folder
 */
export async function openTransformer(
  variables: NodeJS.ProcessEnv,
  {
    root,
    databases,
    note,
  }: {
    readonly root: string;
    readonly databases: readonly string[];
    readonly note: (line: string) => void;
  },
): Promise<Transformer> {
  const folders = localFolders(variables, note);
  if (folders === undefined)
    return observeSnowflake(await openWarehouse(variables, { queryTag: 'das-transform' }), databases);
  const { DAS_DBT: named, DAS_DBT_PROJECT: project = join(root, 'dbt') } = readEnvironment(
    settings,
    variables,
  );
  if (!existsSync(join(project, 'dbt_project.yml')))
    throw new Failure('setup', 'dbt_project_missing', 'there is no dbt project', {
      cure: 'run das from a clone, or let DAS_DBT_PROJECT name the folder with dbt_project.yml',
    });
  const env = Object.fromEntries(
    PASSED_ON.flatMap((name) => (variables[name] === undefined ? [] : [[name, variables[name]]])),
  );
  return openLocal({
    lake: resolve(folders.lake),
    refined: resolve(folders.refined),
    project: resolve(project),
    dbt: findDbt({ named, root, path: variables.PATH ?? '' }),
    env,
  });
}
