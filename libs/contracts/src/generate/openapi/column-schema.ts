import type { AccessBook } from '../../access/access-book';
import { customValue } from '../../das-properties';
import { maskOf } from '../../model-column';
import type { OdcsProperty } from '../../odcs';
import type { ColumnMask } from '../../product-contract';
import { phiKind } from '../../protected-properties';
import type { JsonSchema } from '../../stream-contract';
import { FORMATS, SAME_NAME } from '../json-schema';

/** JSON types of ODCS types, as the row types of TypeScript have them; of the rest any value is allowed. */
const TYPES: Readonly<Record<string, string>> = {
  string: 'string',
  date: 'string',
  timestamp: 'string',
  number: 'number',
  integer: 'integer',
  boolean: 'boolean',
};

/**
 * What a reader gets of a column. Of a masked one it is not known which of two that is, the value or its form, so that
 * only the type is promised, and null: no form is made of what has not the shape that the form asks for.
 */
export function columnSchema(property: OdcsProperty, access: Pick<AccessBook, 'masking'>): JsonSchema {
  const mask = maskOf(property);
  return {
    ...valueSchema(property, mask !== undefined),
    description:
      mask === undefined ? property.description : `${property.description}\n\n${maskText(mask, access)}`,
    ...(property.examples === undefined ? {} : { examples: property.examples }),
    ...extensions(property, mask),
  };
}

function valueSchema(property: OdcsProperty, isMasked: boolean): JsonSchema {
  const { logicalType, logicalTypeOptions: options = {}, required } = property;
  const type = TYPES[logicalType];
  if (type === undefined) return {};
  const isNullable = required !== true || isMasked;
  const schema: Record<string, unknown> = { type: isNullable ? [type, 'null'] : type };
  if (FORMATS[logicalType] !== undefined) schema.format = FORMATS[logicalType];
  if (isMasked) return schema;
  if (logicalType === 'string' && typeof options.format === 'string') schema.format = options.format;
  for (const name of SAME_NAME) if (options[name] !== undefined) schema[name] = options[name];
  const allowed = customValue(property, 'das.enum');
  if (allowed !== undefined) schema.enum = isNullable ? [...allowed, null] : allowed;
  return schema;
}

function maskText({ form, clearFor }: ColumnMask, { masking }: Pick<AccessBook, 'masking'>): string {
  const who = clearFor.length === 0 ? 'Every reader sees' : `All but ${clearFor.join(', ')} see`;
  return `Masked. ${who} the form \`${form}\`: ${masking.forms[form].description} It is null where the form cannot be made of the value, even if the column never is.`;
}

function extensions(property: OdcsProperty, mask: ColumnMask | undefined): JsonSchema {
  const kind = phiKind(property);
  return {
    'x-das-classification': property.classification,
    ...(kind === undefined ? {} : { 'x-das-phi-kind': kind }),
    ...(mask === undefined ? {} : { 'x-das-mask': { form: mask.form, clearFor: mask.clearFor } }),
    'x-das-type': property.physicalType ?? 'VARCHAR',
  };
}
