import type { JsonSchema } from '@das/contracts';
import { isLosslessNumber, parse, stringify } from 'lossless-json';
import { isSchema } from './compile';

/**
 * Rewrites a payload without the properties that its schema does not declare. Numbers keep their digits: the
 * text is parsed losslessly, since a double would round integers above 2^53.
 */
export function dropUnknown(
  payload: Uint8Array,
  schema: JsonSchema,
): { payload: Uint8Array; event: Readonly<Record<string, unknown>> } {
  const kept = prune(parse(Buffer.from(payload).toString('utf8')), schema);
  const text = stringify(kept) ?? '{}';
  return { payload: Buffer.from(text), event: JSON.parse(text) as Record<string, unknown> };
}

function prune(value: unknown, schema: JsonSchema): unknown {
  const { properties, items } = schema;
  if (Array.isArray(value)) return isSchema(items) ? value.map((item) => prune(item, items)) : value;
  if (typeof value !== 'object' || value === null || isLosslessNumber(value) || !isSchema(properties))
    return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, item]) => {
      const declared = Object.hasOwn(properties, name) ? properties[name] : undefined;
      return isSchema(declared) ? [[name, prune(item, declared)]] : [];
    }),
  );
}
