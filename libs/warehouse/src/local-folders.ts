import { statSync } from 'node:fs';
import { readEnvironment } from '@das/environment';
import { Failure } from '@das/pipeline';
import { z } from 'zod';

const text = z.string().min(1);

/** Where the local target keeps BRONZE, and where what was made of it. */
export interface LocalFolders {
  readonly lake: string;
  readonly refined: string;
}

/**
 * Where SILVER and GOLD are made on this machine.
 * @returns undefined where the environment names no lake: then Snowflake makes them
 * @throws Failure setup
 */
export function localFolders(variables: NodeJS.ProcessEnv): LocalFolders | undefined {
  const { DAS_LAKE: lake } = readEnvironment(z.object({ DAS_LAKE: text.optional() }), variables);
  if (lake === undefined) return undefined;
  const { DAS_REFINED: refined } = readEnvironment(z.object({ DAS_REFINED: text }), variables);
  if (statSync(lake, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new Failure('setup', 'lake_missing', 'the folder named by DAS_LAKE does not exist', {
      cure: 'set DAS_LAKE to the --lake folder of the local endpoint',
    });
  return { lake, refined };
}
