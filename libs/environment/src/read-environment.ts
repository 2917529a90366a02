import { Failure } from '@das/pipeline';
import type { z } from 'zod';

/**
 * Settings from the environment, frozen. An empty variable counts as not set; what the schema does not name is
 * not looked at.
 * @throws Failure setup, naming every wrong variable and no value
 */
export function readEnvironment<T extends z.ZodType>(
  schema: T,
  variables: NodeJS.ProcessEnv,
): Readonly<z.output<T>> {
  const set = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(set);
  if (parsed.success) return Object.freeze(parsed.data);
  const faults = parsed.error.issues.map(({ path, message, code }) => {
    const key = path.join('.');
    return `${key}: ${set[key] === undefined && code !== 'custom' ? 'is not set' : message}`;
  });
  throw new Failure('setup', 'config', faults.join('; '), {
    cure: 'set these environment variables; README.md lists them',
  });
}
