import { parseArgs } from 'node:util';
import { UsageError } from './usage-error';

/**
 * Options that are positive numbers, each with its default, beside `--json` and `--help`.
 * @returns undefined when help was asked for. @throws UsageError
 */
export function readNumbers<T extends Readonly<Record<string, number>>>(
  args: readonly string[],
  defaults: T,
): (T & { readonly json: boolean }) | undefined {
  const numbers = Object.fromEntries(
    Object.keys(defaults).map((name) => [name, { type: 'string' as const }]),
  );
  let values: Record<string, string | boolean | undefined>;
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: { ...numbers, json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
    }));
  } catch (error) {
    throw new UsageError(`${(error as Error).message}; --help lists the options`);
  }
  if (values.help === true) return undefined;
  const read = ([name, standard]: readonly [string, number]): readonly [string, number] => {
    const text = values[name];
    const number = text === undefined ? standard : Number(text);
    if (number > 0 && Number.isFinite(number)) return [name, number];
    throw new UsageError(`--${name} takes a positive number, not ${text ?? ''}`);
  };
  return { ...(Object.fromEntries(Object.entries(defaults).map(read)) as T), json: values.json === true };
}
