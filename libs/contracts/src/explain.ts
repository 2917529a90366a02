import type { z } from 'zod';
import type { Fault } from './finding';

type RawIssue = Parameters<z.core.$ZodErrorMap>[0];

/** Says what would mend it, where zod says only what is wrong; undefined leaves zod's words. */
function explain(issue: RawIssue): string | undefined {
  if (issue.code === 'invalid_value') {
    const allowed = issue.values.map(String).join(', ');
    return issue.input === undefined ? `is missing: one of ${allowed}` : `is none of ${allowed}`;
  }
  if (issue.code !== 'invalid_type') return undefined;
  if (issue.input === undefined) return `is missing: a ${issue.expected}`;
  // YAML reads 1.0 and 2026 as numbers.
  if (issue.expected === 'string' && typeof issue.input === 'number')
    return 'is a number here: put it in quotes';
  return undefined;
}

/** The value, or everything that is wrong with it, one fault each. */
export function check<T extends z.ZodType>(
  schema: T,
  value: unknown,
): { readonly value: z.output<T> } | { readonly faults: readonly Fault[] } {
  const parsed = schema.safeParse(value, { error: explain });
  return parsed.success ? { value: parsed.data } : { faults: parsed.error.issues.flatMap(faultsOf) };
}

function faultsOf(issue: z.core.$ZodIssue): Fault[] {
  const path = issue.path.map((key) => (typeof key === 'symbol' ? String(key) : key));
  if (issue.code !== 'unrecognized_keys') return [{ path, message: issue.message }];
  return issue.keys.map((key) => ({ path: [...path, key], message: 'is not known here: a typing error?' }));
}
