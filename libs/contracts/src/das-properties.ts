import { z } from 'zod';
import { check } from './explain';
import { ARCHETYPES, MATERIALIZATIONS, REFRESH_MODES } from './product-contract';
import { MASK_FORMS, PROTECTIONS, SOURCE_FORMATS } from './stream-contract';

/** What contracts say beyond ODCS, as custom properties named `das.*`. */

export const text = z.string().min(1);
/** ISO 8601 in days, hours, minutes and seconds: months and years have no fixed length. */
export const duration = text.regex(
  /^P(?=.)(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+S)?)?$/,
  'is not an ISO 8601 duration such as PT2H',
);
export const fieldName = text.regex(/^[a-z][a-z0-9_]*$/, 'is not a snake_case name');
export const sqlName = text.regex(/^[A-Z][A-Z0-9_]*$/, 'is not an upper-case SQL name');

/** Sources that are more sensitive than what is made of them, and why nothing of that is left. */
const declassifies = z.array(z.strictObject({ source: text, because: text })).min(1);

/** Of one column. */
export const PROPERTY_CUSTOM = {
  'das.protect': z.enum(PROTECTIONS),
  'das.mask': z.enum(MASK_FORMS),
  'das.clearFor': z.array(sqlName),
  'das.link': fieldName,
  /** A constraint of policies/constraints.yaml: what may be done with the column, and not what is seen of it. */
  'das.projection': fieldName,
  'das.enum': z.array(z.union([z.string(), z.number()])).min(1),
  'das.nullable': z.boolean(),
  'das.declassifies': declassifies,
} as const;

/** Of an event: dotted, to a property within. */
const columnPath = text.regex(
  /^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$/,
  'is not a snake_case name, nor several with dots between them',
);

/** A policy of policies/row-access.yaml, and for each of its arguments, in their order, the column that it is given. */
export const rowAccess = z.strictObject({
  policy: fieldName,
  columns: z
    .record(fieldName, columnPath)
    .refine((columns) => Object.keys(columns).length > 0, 'names no column: by which is it decided?'),
});

/** A constraint of policies/constraints.yaml; with `entity`, the columns whose distinct values are counted, else rows are. */
const aggregation = z.strictObject({ policy: fieldName, entity: z.array(fieldName).min(1).optional() });

const model = z.strictObject({
  materialized: z.enum(MATERIALIZATIONS),
  /** Of a dynamic table; `auto` leaves it to Snowflake. */
  refreshMode: z.enum(REFRESH_MODES).default('auto'),
  /** Rows whose column is older than so long do not change any more. */
  frozen: z.strictObject({ column: fieldName, after: duration }).optional(),
  /** A step on the way that no consumer is promised. */
  internal: z.boolean().default(false),
});

/** Of one table. */
export const SCHEMA_CUSTOM = {
  'das.rowAccess': rowAccess,
  'das.aggregation': aggregation,
  'das.model': model,
  'das.declassifies': declassifies,
} as const;

/** Names that a folder, a channel and the column SOURCE can carry, too. */
const logName = text.regex(
  /^[A-Za-z0-9_-][A-Za-z0-9_.-]*$/,
  'is not a name of letters, digits, "_", "." and "-"',
);

/** Where a stream's records are. What follows from the place itself, such as how many shards it has, is not said. */
const source = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('kafka'),
    topic: logName,
    partitions: z.number().int().positive(),
    format: z.enum(SOURCE_FORMATS),
    key: fieldName,
  }),
  z.strictObject({
    kind: z.literal('kinesis'),
    stream: logName,
    format: z.enum(SOURCE_FORMATS),
    /** What the partition key of a record is: one key, one shard. */
    key: fieldName,
  }),
  z.strictObject({
    kind: z.literal('s3'),
    bucket: logName,
    /** Of the keys of its objects: `claims/`. */
    prefix: text.regex(/^([A-Za-z0-9_.-]+\/)+$/, 'is not a prefix that ends in "/", such as claims/'),
    /** The name of the SQS queue that is told of new objects. */
    queue: logName,
    /** What a record is made to be; an object's own format (NDJSON, CSV, Parquet) follows from its name. */
    format: z.literal('json'),
  }),
]);

const collector = z.strictObject({
  source,
  envelope: z.strictObject({
    eventId: text,
    eventType: text,
    eventTs: text,
    schemaVersion: text,
    subjectKey: text,
  }),
  dedupeKeys: z.array(fieldName).min(1),
  lateness: z.strictObject({ watermark: duration, allowed: duration }),
  startFrom: z.enum(['earliest', 'latest']),
  onGap: z.enum(['stop', 'continue']),
  onOffsetRegression: z.enum(['stop', 'restart']),
  unknownFields: z.enum(['evolve', 'freeze', 'discard']),
  undeclaredPhi: z.enum(['quarantine', 'tag', 'allow']),
  deadLetters: z.strictObject({
    fuseRatio: z.number().gt(0).max(1),
    fuseRunLength: z.number().int().positive().max(1_000_000),
  }),
  headers: z.array(text.regex(/^[a-z0-9-]+$/, 'is not a lower-case header name')),
});

const product = z.strictObject({
  archetype: z.enum(ARCHETYPES),
  /** How far a table may lag behind what it reads; half of the freshness promised, unless said otherwise. */
  targetLag: duration.optional(),
});

/** `YYYY-MM-DD`; whether there is such a day, `checkShares` says. */
const day = text.regex(/^\d{4}-\d{2}-\d{2}$/, 'is no day such as 2027-06-30: put it in quotes');

/** A view that another account reads: of one table, by one consumer, until a day. */
const share = z.strictObject({
  name: fieldName,
  table: fieldName,
  columns: z.array(fieldName).min(1),
  /** The consumer's account locator, which CURRENT_ACCOUNT answers there; of a reader account, once Snowflake has given it one. */
  account: text.regex(/^[A-Z]{2,}[0-9]{3,}$/, 'is no account locator such as XY12345').optional(),
  /** A reader account, which we make, and whose credits we pay. */
  reader: z.strictObject({ name: sqlName, creditsPerMonth: z.number().int().positive() }).optional(),
  /** Whose rows it sees; `*` is every region. */
  regions: z.array(text).min(1),
  purpose: text,
  contact: text,
  /** The last day on which it shows rows, in UTC. */
  expires: day,
  approved: z.strictObject({ steward: text, security: text, on: day }),
});
export type Share = z.output<typeof share>;

/** Of the whole contract: `das.collector` makes it a stream, `das.product` a data product. */
export const CONTRACT_CUSTOM = {
  'das.collector': collector,
  'das.product': product,
  'das.purposes': z.array(text).min(1),
  'das.slo': z.strictObject({
    freshness: z.strictObject({ percentile: z.number().gt(0).max(100), window: duration }),
    completeness: z.strictObject({ window: duration }),
  }),
  'das.lineage': z.strictObject({ inputs: z.array(text), outputs: z.array(text) }),
  'das.cost': z.strictObject({ monthlyCapUsd: z.number().positive(), costCentre: text }),
  /** Who relies on it: told before it breaks them. */
  'das.consumers': z
    .array(
      z.strictObject({
        role: sqlName,
        /** A product of another domain that is made from it, by that role. */
        product: fieldName.optional(),
        purpose: text,
        contact: text,
      }),
    )
    .min(1),
  /** What other accounts read of it. */
  'das.shares': z.array(share).min(1),
  /** The contract that this one follows, which is served until its end of life. */
  'das.replaces': fieldName,
} as const;

type CustomShapes = typeof PROPERTY_CUSTOM & typeof SCHEMA_CUSTOM & typeof CONTRACT_CUSTOM;
export type CustomName = keyof CustomShapes;

/** What may carry custom properties: a contract, a table or a column. */
export interface CustomOwner {
  readonly customProperties?: readonly { readonly property: string; readonly value?: unknown }[] | undefined;
}

/**
 * ODCS lists custom properties as pairs. A `das.*` name that is not known is a typing error and refused: it
 * would otherwise be a protection that silently does nothing.
 */
export function customProperties(known: Readonly<Record<string, z.ZodType>>) {
  return z.array(z.looseObject({ property: text, value: z.unknown() })).superRefine((pairs, context) => {
    const seen = new Set<string>();
    for (const [index, { property, value }] of pairs.entries()) {
      if (seen.has(property))
        context.addIssue({ code: 'custom', path: [index], message: `${property} is given twice` });
      seen.add(property);
      if (!property.startsWith('das.')) continue;
      const schema = known[property];
      if (schema === undefined) {
        const names = Object.keys(known).join(', ');
        context.addIssue({
          code: 'custom',
          path: [index, 'property'],
          message: `${property} is not known here; known: ${names}`,
        });
        continue;
      }
      const checked = check(schema, value);
      for (const { path, message } of 'faults' in checked ? checked.faults : []) {
        context.addIssue({ code: 'custom', path: [index, 'value', ...path], message });
      }
    }
  });
}

const SHAPES: CustomShapes = { ...PROPERTY_CUSTOM, ...SCHEMA_CUSTOM, ...CONTRACT_CUSTOM };

/** A custom property, with its defaults; undefined where it is missing or was found wrong. */
export function customValue<Name extends CustomName>(
  owner: CustomOwner,
  name: Name,
): z.output<CustomShapes[Name]> | undefined {
  const given = owner.customProperties?.find(({ property }) => property === name)?.value;
  return SHAPES[name].safeParse(given).data as z.output<CustomShapes[Name]> | undefined;
}

/** Where a custom property stands in what has it; -1: nowhere. */
export function customIndex(owner: CustomOwner, name: CustomName): number {
  return owner.customProperties?.findIndex(({ property }) => property === name) ?? -1;
}
