import { z } from 'zod';
import {
  CONTRACT_CUSTOM,
  customProperties,
  fieldName,
  PROPERTY_CUSTOM,
  SCHEMA_CUSTOM,
  sqlName,
  text,
  type CustomOwner,
} from './das-properties';
import { CLASSIFICATIONS } from './stream-contract';

/**
 * The part of ODCS v3.1.0 (Open Data Contract Standard, bitol.io) that DAS reads. Whether a document is valid
 * ODCS in full is `datacontract lint`'s matter; keys that DAS does not read are let through.
 */

const LOGICAL_TYPES = [
  'string',
  'date',
  'timestamp',
  'number',
  'integer',
  'boolean',
  'object',
  'array',
] as const;

/** A property of an event, or a column of a table. */
export interface OdcsProperty extends CustomOwner {
  readonly name: string;
  readonly physicalName?: string | undefined;
  readonly description: string;
  readonly logicalType: (typeof LOGICAL_TYPES)[number];
  readonly logicalTypeOptions?: Readonly<Record<string, unknown>> | undefined;
  /** Snowflake's type. */
  readonly physicalType?: string | undefined;
  readonly required?: boolean | undefined;
  readonly primaryKey?: boolean | undefined;
  readonly primaryKeyPosition?: number | undefined;
  readonly relationships?: readonly { readonly to: string }[] | undefined;
  readonly transformSourceObjects?: readonly string[] | undefined;
  readonly classification: (typeof CLASSIFICATIONS)[number];
  readonly tags?: readonly string[] | undefined;
  readonly examples?: readonly unknown[] | undefined;
  readonly properties?: readonly OdcsProperty[] | undefined;
  readonly items?: OdcsProperty | undefined;
}

const property: z.ZodType<OdcsProperty> = z.lazy(() =>
  z.looseObject({
    name: fieldName,
    physicalName: sqlName.optional(),
    description: text,
    logicalType: z.enum(LOGICAL_TYPES),
    logicalTypeOptions: z.record(z.string(), z.unknown()).optional(),
    physicalType: text.optional(),
    required: z.boolean().optional(),
    primaryKey: z.boolean().optional(),
    primaryKeyPosition: z.number().int().optional(),
    relationships: z.array(z.looseObject({ to: text.regex(/^\w+\.\w+$/, 'is not table.column') })).optional(),
    transformSourceObjects: z.array(text).optional(),
    classification: z.enum(CLASSIFICATIONS),
    tags: z.array(text).optional(),
    examples: z.array(z.unknown()).optional(),
    customProperties: customProperties(PROPERTY_CUSTOM).optional(),
    properties: z.array(property).min(1).optional(),
    items: property.optional(),
  }),
);

const quality = z.looseObject({
  name: text,
  description: text,
  type: z.enum(['text', 'library', 'sql', 'custom']),
  query: text.optional(),
  mustBe: z.union([z.number(), z.string(), z.boolean()]).optional(),
});

const table = z.looseObject({
  name: fieldName,
  physicalName: sqlName,
  description: text,
  quality: z.array(quality).optional(),
  properties: z.array(property).min(1),
  customProperties: customProperties(SCHEMA_CUSTOM).optional(),
});

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
  schema: z.array(table).min(1),
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
  roles: z.array(z.looseObject({ role: text, access: text.optional() })).min(1),
  slaProperties: z
    .array(z.looseObject({ property: text, value: z.union([z.string(), z.number()]), unit: text.optional() }))
    .min(1),
  customProperties: customProperties(CONTRACT_CUSTOM),
});

export type OdcsDocument = z.output<typeof odcsDocument>;
export type OdcsTable = z.output<typeof table>;
