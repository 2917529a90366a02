import { z } from 'zod';
import { fieldName, sqlName, text } from '../das-properties';

/** SQL that both dialects understand, or one of each. */
export const dialects = z.union([text, z.strictObject({ snowflake: text, duckdb: text })]);
export type Dialects = z.output<typeof dialects>;

const simple = z.strictObject({
  description: text,
  /** Name to Snowflake type, in the order of the columns that contracts give. */
  arguments: z.record(fieldName, text),
  /** Mapping tables that the condition reads. */
  mapping: z.array(sqlName).default([]),
  condition: dialects,
});

const part = z.strictObject({
  policy: fieldName,
  /** What an argument of the part is called here, where it is called otherwise: two parts may both decide by a region. */
  arguments: z.record(fieldName, fieldName).default({}),
});

/** Shows a row where each of several policies does, so that it holds whatever one of them does. */
const joined = z.strictObject({ description: text, all: z.array(part).min(2) });

export interface RowPolicy extends z.output<typeof simple> {
  /** Other policies that hold wherever this one does. */
  readonly holds: readonly string[];
}

type Written = Readonly<Record<string, z.output<typeof simple> | z.output<typeof joined>>>;

/** The policies by name: of those that are joined, arguments, mapping tables and condition follow from their parts. */
export const rowPolicies = z
  .record(fieldName, z.union([simple, joined]))
  .transform((written: Written, context): Readonly<Record<string, RowPolicy>> => {
    const entries = Object.entries(written).map(([name, policy]): readonly [string, RowPolicy] => {
      if (!('all' in policy)) return [name, { ...policy, holds: [] }];
      const parts = policy.all.map((one, index) => {
        const found = written[one.policy];
        if (found !== undefined && !('all' in found)) return renamed(found, one.arguments);
        const message = `${one.policy} is no policy with a condition of its own`;
        context.addIssue({ code: 'custom', path: [name, 'all', index, 'policy'], message });
        return undefined;
      });
      const known = parts.flatMap((one) => one ?? []);
      return [
        name,
        { description: policy.description, ...join(known), holds: policy.all.map((one) => one.policy) },
      ];
    });
    return Object.fromEntries(entries);
  });

type Simple = z.output<typeof simple>;

function renamed(policy: Simple, names: Readonly<Record<string, string>>): Simple {
  const nameOf = (argument: string): string => names[argument] ?? argument;
  return {
    ...policy,
    arguments: Object.fromEntries(
      Object.entries(policy.arguments).map(([name, type]) => [nameOf(name), type]),
    ),
    condition: inEach(policy.condition, (sql) =>
      sql.replaceAll(/\{(\w+)\}/g, (whole, name: string) =>
        name in policy.arguments ? `{${nameOf(name)}}` : whole,
      ),
    ),
  };
}

function join(parts: readonly Simple[]): Omit<Simple, 'description'> {
  const conditionOf = (dialect: 'snowflake' | 'duckdb'): string =>
    parts
      .map(({ condition }) => `(${typeof condition === 'string' ? condition : condition[dialect]})`)
      .join(' and ');
  return {
    arguments: Object.assign({}, ...parts.map((one) => one.arguments)) as Simple['arguments'],
    mapping: [...new Set(parts.flatMap(({ mapping }) => mapping))],
    condition: { snowflake: conditionOf('snowflake'), duckdb: conditionOf('duckdb') },
  };
}

function inEach(condition: Dialects, change: (sql: string) => string): Dialects {
  if (typeof condition === 'string') return change(condition);
  return { snowflake: change(condition.snowflake), duckdb: change(condition.duckdb) };
}
