import { z } from 'zod';
import { duration, fieldName, sqlName, text, rowAccess } from '../das-properties';
import { ARCHETYPES, MATERIALIZATIONS } from '../product-contract';
import { MASK_FORMS, PHI_KINDS, PROTECTIONS, SOURCE_FORMATS } from '../stream-contract';

/**
 * The short YAML that teams write before they have a contract. Hardly anything must be there: what is missing becomes an
 * open decision, in words. What is there and is not known is refused, since it would be lost.
 */

const amount = z.union([text, z.number()]);
const mask = z.enum(MASK_FORMS);
const roles = z.array(sqlName);

const partShape = {
  description: text.optional(),
  type: text.optional(),
  classification: text.optional(),
  phi: z.enum(PHI_KINDS).optional(),
  protect: z.enum(PROTECTIONS).optional(),
  mask: mask.optional(),
  clear_for: roles.optional(),
  link: fieldName.optional(),
  values: z
    .array(z.union([z.string(), z.number()]))
    .min(1)
    .optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  pattern: text.optional(),
  format: text.optional(),
  example: z.union([z.string(), z.number(), z.boolean()]).optional(),
};

/** Of an array's items, which have no name. */
export interface ShortPart {
  readonly description?: string | undefined;
  readonly type?: string | undefined;
  readonly classification?: string | undefined;
  readonly phi?: (typeof PHI_KINDS)[number] | undefined;
  readonly protect?: (typeof PROTECTIONS)[number] | undefined;
  readonly mask?: (typeof MASK_FORMS)[number] | undefined;
  readonly clear_for?: readonly string[] | undefined;
  readonly link?: string | undefined;
  readonly values?: readonly (string | number)[] | undefined;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly pattern?: string | undefined;
  readonly format?: string | undefined;
  readonly example?: string | number | boolean | undefined;
  readonly columns?: readonly ShortColumn[] | undefined;
  readonly items?: ShortPart | undefined;
}

export interface ShortColumn extends ShortPart {
  readonly name: string;
  readonly key?: boolean | undefined;
  readonly required?: boolean | undefined;
  readonly source?: string | readonly string[] | undefined;
  readonly references?: string | undefined;
}

const part: z.ZodType<ShortPart> = z.lazy(() =>
  z.strictObject({ ...partShape, columns: z.array(column).min(1).optional(), items: part.optional() }),
);

const column: z.ZodType<ShortColumn> = z.lazy(() =>
  z.strictObject({
    ...partShape,
    name: fieldName,
    key: z.boolean().optional(),
    required: z.boolean().optional(),
    source: z.union([text, z.array(text).min(1)]).optional(),
    references: text.optional(),
    columns: z.array(column).min(1).optional(),
    items: part.optional(),
  }),
);

const table = z.strictObject({
  name: fieldName,
  description: text.optional(),
  row_access: rowAccess.optional(),
  materialized: z.enum(MATERIALIZATIONS).optional(),
  frozen: z.strictObject({ column: fieldName, after: duration }).optional(),
  internal: z.boolean().optional(),
  columns: z.array(column).min(1),
});

/** Of a stream in whichever source. */
const collectorShape = {
  /** The property by which events belong together; of Kafka and Kinesis what records are partitioned by, too. */
  key: fieldName.optional(),
  dedupe_keys: z.array(fieldName).min(1).optional(),
  envelope: z
    .strictObject({
      event_id: text.optional(),
      event_type: text.optional(),
      event_ts: text.optional(),
      schema_version: text.optional(),
      subject_key: text.optional(),
    })
    .optional(),
  lateness: z.strictObject({ watermark: duration, allowed: duration }).optional(),
  unknown_fields: z.enum(['evolve', 'freeze', 'discard']).optional(),
  undeclared_phi: z.enum(['quarantine', 'tag', 'allow']).optional(),
};

const collector = z.discriminatedUnion(
  'source',
  [
    z.strictObject({
      source: z.literal('kafka').optional(),
      topic: text.optional(),
      host: text.optional(),
      partitions: z.number().int().positive().optional(),
      format: z.enum(SOURCE_FORMATS).optional(),
      ...collectorShape,
    }),
    z.strictObject({
      source: z.literal('kinesis'),
      stream: text.optional(),
      region: text.optional(),
      format: z.enum(SOURCE_FORMATS).optional(),
      ...collectorShape,
    }),
    z.strictObject({
      source: z.literal('s3'),
      bucket: text.optional(),
      prefix: text.optional(),
      queue: text.optional(),
      ...collectorShape,
    }),
  ],
  { error: 'is no source: kafka, kinesis or s3' },
);

export const shortForm = z.strictObject({
  name: fieldName.optional(),
  version: text.optional(),
  description: text.optional(),
  usage: text.optional(),
  limitations: text.optional(),
  domain_database: sqlName.optional(),
  account: text.optional(),
  team: z.strictObject({ name: text, owner: text, steward: text }).optional(),
  support: z.url().optional(),
  schemas: z.array(table).min(1).optional(),
  classification: text.optional(),
  retention_policy: amount.optional(),
  security_controls: z
    .strictObject({
      readers: roles.optional(),
      purposes: z.array(text).min(1).optional(),
      row_access: rowAccess.optional(),
      masking: z
        .partialRecord(z.enum(PHI_KINDS), z.strictObject({ form: mask, clear_for: roles }))
        .optional(),
    })
    .optional(),
  collectors: z.array(collector).min(1).max(1, 'a stream has one collector: one file for each').optional(),
  quality_slo: z
    .strictObject({
      freshness: text.optional(),
      freshness_percentile: z.number().gt(0).max(100).optional(),
      window: duration.optional(),
      completeness: amount.optional(),
      availability: amount.optional(),
    })
    .optional(),
  cost: z.strictObject({ monthly_cap_usd: z.number().positive(), cost_centre: text }).optional(),
  lineage: z
    .strictObject({
      inputs: z.array(text).min(1).optional(),
      outputs: z.array(text).min(1).optional(),
      archetype: z.enum(ARCHETYPES).optional(),
    })
    .optional(),
  deprecation: z
    .strictObject({
      sunset: text.regex(/^\d{4}-\d{2}-\d{2}$/, 'is not a day such as 2027-06-30').optional(),
      replaces: fieldName.optional(),
    })
    .optional(),
});

export type ShortForm = z.output<typeof shortForm>;
export type ShortTable = z.output<typeof table>;
export type ShortCollector = z.output<typeof collector>;
