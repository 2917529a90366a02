import { z } from 'zod';
import { fieldName, sqlName, text } from '../das-properties';
import { MASK_FORMS } from '../stream-contract';
import { dialects, rowPolicies } from './row-policies';

const form = z.strictObject({
  description: text,
  /** By Snowflake type: what is seen; of other types, null. */
  types: z.record(sqlName, dialects),
});

/** What `contracts/policies/masking.yaml` says. */
export const maskingPolicies = z.strictObject({ forms: z.record(z.enum(MASK_FORMS), form) });

const mapping = z.strictObject({
  description: text,
  columns: z.record(sqlName, text),
  /** What fills it: of roles.yaml, or contracts' `das.shares`; undefined: rows are kept by whoever `writes` it. */
  from: z.enum(['regions', 'purposes', 'shares']).optional(),
});

/** What `contracts/policies/row-access.yaml` says. */
export const rowAccessPolicies = z.strictObject({
  policies: rowPolicies,
  mappings: z.record(sqlName, mapping).default({}),
});

export type MaskingPolicies = z.output<typeof maskingPolicies>;
export type RowAccessPolicies = z.output<typeof rowAccessPolicies>;

/** What `contracts/policies/constraints.yaml` says. */
export const constraintPolicies = z.strictObject({
  /** Who may not see everything may not select such a column. */
  projection: z.record(fieldName, z.strictObject({ description: text })).default({}),
  /** Who may not see everything sees such a table in groups of so many rows, or entities, at least. */
  aggregation: z
    .record(fieldName, z.strictObject({ description: text, minimum: z.number().int().min(2) }))
    .default({}),
});

export type ConstraintPolicies = z.output<typeof constraintPolicies>;
