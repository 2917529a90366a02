import { customValue } from '../das-properties';
import { numberRange } from '../number-range';
import type { OdcsDocument, OdcsProperty } from '../odcs';
import type { JsonSchema } from '../stream-contract';

/** ODCS options that mean the same in JSON Schema under the same name. */
export const SAME_NAME = [
  'minLength',
  'maxLength',
  'pattern',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minItems',
  'maxItems',
  'uniqueItems',
] as const;

/** What JSON has no type for is text of a format. */
export const FORMATS: Readonly<Record<string, string>> = { date: 'date', timestamp: 'date-time' };

/**
 * The JSON Schema (draft 2020-12) of a stream's events. It names no property as forbidden: what happens to an
 * undeclared one is the validator's matter (`unknownFields`).
 */
export function jsonSchema(document: OdcsDocument): JsonSchema {
  const [table] = document.schema;
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `urn:das:contract:${document.id}:${document.version}`,
    title: document.name,
    description: table?.description,
    ...objectSchema(table?.properties ?? []),
  };
}

function objectSchema(properties: readonly OdcsProperty[]): JsonSchema {
  return {
    type: 'object',
    required: properties.filter(({ required }) => required === true).map(({ name }) => name),
    properties: Object.fromEntries(properties.map((property) => [property.name, propertySchema(property)])),
  };
}

function propertySchema(property: OdcsProperty): JsonSchema {
  const { description, logicalType, logicalTypeOptions: options = {} } = property;
  const schema: Record<string, unknown> = { description };
  if (logicalType === 'object') Object.assign(schema, objectSchema(property.properties ?? []));
  else schema.type = logicalType in FORMATS ? 'string' : logicalType;
  if (logicalType in FORMATS) schema.format = FORMATS[logicalType];
  if (logicalType === 'array' && property.items !== undefined) schema.items = propertySchema(property.items);
  for (const name of SAME_NAME) if (options[name] !== undefined) schema[name] = options[name];
  Object.assign(schema, numberRange(property));
  if (typeof options.format === 'string' && logicalType === 'string') schema.format = options.format;
  const allowed = customValue(property, 'das.enum');
  if (allowed !== undefined) schema.enum = allowed;
  if (customValue(property, 'das.nullable') === true) {
    schema.type = [schema.type, 'null'];
    if (allowed !== undefined) schema.enum = [...allowed, null];
  }
  return schema;
}
