import { z } from 'zod';
import { fieldName, sqlName, text } from '../das-properties';
import { MASK_FORMS } from '../stream-contract';

/** SQL that both dialects understand, or one of each. */
const dialects = z.union([text, z.strictObject({ snowflake: text, duckdb: text })]);
export type Dialects = z.output<typeof dialects>;

const form = z.strictObject({
  description: text,
  /** By Snowflake type: what is seen; of other types, null. */
  types: z.record(sqlName, dialects),
});

/** What `contracts/policies/masking.yaml` says. */
export const maskingPolicies = z.strictObject({ forms: z.record(z.enum(MASK_FORMS), form) });

const rowPolicy = z.strictObject({
  description: text,
  /** Name to Snowflake type, in the order of the columns that contracts give. */
  arguments: z.record(fieldName, text),
  /** Mapping tables that the condition reads. */
  mapping: z.array(sqlName).default([]),
  condition: dialects,
});

const mapping = z.strictObject({
  description: text,
  columns: z.record(sqlName, text),
  /** What fills it: of roles.yaml, or contracts' `das.shares`; undefined: rows are kept by whoever `writes` it. */
  from: z.enum(['regions', 'purposes', 'shares']).optional(),
});

/** What `contracts/policies/row-access.yaml` says. */
export const rowAccessPolicies = z.strictObject({
  policies: z.record(fieldName, rowPolicy),
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
