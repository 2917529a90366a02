import { z } from 'zod';
import { check } from './explain';
import { CLASSIFICATIONS, PROTECTIONS, SOURCE_FORMATS } from './stream-contract';

/**
 * The part of ODCS v3.1.0 (Open Data Contract Standard, bitol.io) that DAS reads. Whether a document is valid
 * ODCS in full is `datacontract lint`'s matter; keys that DAS does not read are let through.
 */

const text = z.string().min(1);
/** ISO 8601 in days, hours, minutes and seconds: months and years have no fixed length. */
export const duration = text.regex(
  /^P(?=.)(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+S)?)?$/,
  'is not an ISO 8601 duration such as PT2H',
);
const fieldName = text.regex(/^[a-z][a-z0-9_]*$/, 'is not a snake_case name');
const sqlName = text.regex(/^[A-Z][A-Z0-9_]*$/, 'is not an upper-case SQL name');

/** The `das.*` properties of one column, by what follows the dot. */
const PROPERTY_CUSTOM = {
  'das.protect': z.enum(PROTECTIONS),
  'das.mask': z.enum(['domain', 'last2', 'initials', 'year', 'region', 'chapter', 'token', 'nothing']),
  'das.clearFor': z.array(sqlName),
  'das.link': fieldName,
  'das.enum': z.array(z.union([z.string(), z.number()])).min(1),
  'das.nullable': z.boolean(),
} as const;

const SCHEMA_CUSTOM = {
  'das.rowAccess': z.strictObject({ policy: text, column: fieldName }),
} as const;

const collector = z.strictObject({
  source: z.strictObject({
    kind: z.literal('kafka'),
    topic: text,
    partitions: z.number().int().positive(),
    format: z.enum(SOURCE_FORMATS),
    key: fieldName,
  }),
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

const CONTRACT_CUSTOM = {
  'das.collector': collector,
  'das.purposes': z.array(text).min(1),
  'das.slo': z.strictObject({
    freshness: z.strictObject({ percentile: z.number().gt(0).max(100), window: duration }),
    completeness: z.strictObject({ window: duration }),
  }),
  'das.lineage': z.strictObject({ inputs: z.array(text), outputs: z.array(text) }),
  'das.cost': z.strictObject({ monthlyCapUsd: z.number().positive(), costCentre: text }),
} as const;

/**
 * ODCS lists custom properties as pairs. A `das.*` name that is not known is a typing error and refused: it
 * would otherwise be a protection that silently does nothing.
 */
function customProperties(known: Readonly<Record<string, z.ZodType>>) {
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

export interface OdcsProperty {
  readonly name: string;
  readonly description: string;
  readonly logicalType: 'string' | 'timestamp' | 'number' | 'integer' | 'boolean' | 'object' | 'array';
  readonly logicalTypeOptions?: Readonly<Record<string, unknown>> | undefined;
  readonly required?: boolean | undefined;
  readonly classification: (typeof CLASSIFICATIONS)[number];
  readonly tags?: readonly string[] | undefined;
  readonly examples?: readonly unknown[] | undefined;
  readonly customProperties?: readonly { readonly property: string; readonly value?: unknown }[] | undefined;
  readonly properties?: readonly OdcsProperty[] | undefined;
  readonly items?: OdcsProperty | undefined;
}

const property: z.ZodType<OdcsProperty> = z.lazy(() =>
  z.looseObject({
    name: fieldName,
    description: text,
    logicalType: z.enum(['string', 'timestamp', 'number', 'integer', 'boolean', 'object', 'array']),
    logicalTypeOptions: z.record(z.string(), z.unknown()).optional(),
    required: z.boolean().optional(),
    classification: z.enum(CLASSIFICATIONS),
    tags: z.array(text).optional(),
    examples: z.array(z.unknown()).optional(),
    customProperties: customProperties(PROPERTY_CUSTOM).optional(),
    properties: z.array(property).min(1).optional(),
    items: property.optional(),
  }),
);

export const odcsDocument = z.looseObject({
  apiVersion: z.literal('v3.1.0'),
  kind: z.literal('DataContract'),
  id: text,
  name: fieldName,
  version: text.regex(/^\d+\.\d+\.\d+$/, 'is not a semantic version such as 1.0.0'),
  status: z.enum(['proposed', 'draft', 'active', 'deprecated', 'retired']),
  domain: fieldName,
  dataProduct: text,
  description: z.looseObject({ purpose: text }),
  schema: z
    .array(
      z.looseObject({
        name: fieldName,
        physicalName: sqlName,
        description: text,
        properties: z.array(property).min(1),
        customProperties: customProperties(SCHEMA_CUSTOM).optional(),
      }),
    )
    .length(1, 'holds one table per stream'),
  servers: z
    .array(
      z.looseObject({
        server: text,
        type: text,
        database: text.optional(),
        schema: text.optional(),
        customProperties: z.array(z.looseObject({ property: text, value: z.unknown() })).optional(),
      }),
    )
    .min(1),
  team: z.looseObject({ name: text }),
  support: z.array(z.looseObject({ channel: text })).min(1),
  roles: z.array(z.looseObject({ role: text })).min(1),
  slaProperties: z
    .array(z.looseObject({ property: text, value: z.union([z.string(), z.number()]), unit: text.optional() }))
    .min(1),
  customProperties: customProperties(CONTRACT_CUSTOM),
});

export type OdcsDocument = z.output<typeof odcsDocument>;
export type CollectorSettings = z.output<typeof collector>;

/** A custom property that the document's check has accepted, or undefined. */
export function customValue(
  owner: { readonly customProperties?: OdcsProperty['customProperties'] },
  name: keyof typeof PROPERTY_CUSTOM | keyof typeof SCHEMA_CUSTOM | keyof typeof CONTRACT_CUSTOM,
): unknown {
  return owner.customProperties?.find(({ property: known }) => known === name)?.value;
}

/** The collector's settings; undefined where they are missing or were found wrong. */
export function collectorSettings(document: OdcsDocument): CollectorSettings | undefined {
  return collector.safeParse(customValue(document, 'das.collector')).data;
}
