import { existsSync, statSync } from 'node:fs';
import { readEnvironment } from '@das/environment';
import { Failure } from '@das/pipeline';
import { z } from 'zod';
import { plainPath } from './plain-path';

const text = z.string().min(1);

/** Where the local target keeps BRONZE, and where what was made of it. */
export interface LocalFolders {
  readonly lake: string;
  readonly refined: string;
}

/** What `npm run demo` leaves in the folder that it was started in: used where no target is configured. */
export const DEMO: LocalFolders = { lake: '.das/demo/lake', refined: '.das/demo/refined' };

export function hasDemo(): boolean {
  return existsSync(DEMO.lake);
}

export function isTargetNamed({ DAS_LAKE, DAS_REFINED, SNOWFLAKE_ACCOUNT_URL }: NodeJS.ProcessEnv): boolean {
  return [DAS_LAKE, DAS_REFINED, SNOWFLAKE_ACCOUNT_URL].some((value) => value !== undefined && value !== '');
}

/**
 * Where SILVER and GOLD are made on this machine.
 * @param note - is told, in a line, of anything that whoever runs this should know
 * @returns undefined where Snowflake makes them
 * @throws Failure setup
 */
export function localFolders(
  variables: NodeJS.ProcessEnv,
  note: (line: string) => void,
): LocalFolders | undefined {
  const named = z.object({ DAS_LAKE: text.optional(), DAS_REFINED: text.optional() });
  const { DAS_LAKE, DAS_REFINED } = readEnvironment(named, variables);
  if (DAS_LAKE === undefined && DAS_REFINED === undefined) {
    if (isTargetNamed(variables) || !hasDemo()) return undefined;
    note(`no target is configured: refining what the demo left in ${DEMO.lake}, into ${DEMO.refined}`);
    return plain(DEMO);
  }
  const both = readEnvironment(z.object({ DAS_LAKE: text, DAS_REFINED: text }), variables);
  if (statSync(both.DAS_LAKE, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new Failure('setup', 'lake_missing', 'the folder named by DAS_LAKE does not exist', {
      cure: 'set DAS_LAKE to the --lake folder of the local endpoint',
    });
  return plain({ lake: both.DAS_LAKE, refined: both.DAS_REFINED });
}

function plain({ lake, refined }: LocalFolders): LocalFolders {
  return { lake: plainPath('DAS_LAKE', lake), refined: plainPath('DAS_REFINED', refined) };
}
