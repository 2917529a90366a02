import { join } from 'node:path';
import { loadContract } from '../load-contract';
import type { OdcsDocument, OdcsProperty } from '../odcs';
import { jsonSchema } from './json-schema';

const orders = loadContract(
  join(__dirname, '../../../../contracts/brook_commerce/orders_events_v1.odcs.yaml'),
);

/** The orders document with one property more. */
function withProperty(property: Partial<OdcsProperty>): OdcsDocument {
  const document = structuredClone(orders);
  const whole = {
    name: 'extra',
    description: 'More.',
    logicalType: 'string',
    classification: 'internal',
  } as const;
  document.schema[0]?.properties.push({ ...whole, ...property });
  return document;
}

/** The JSON Schema of that property. */
function schemaOf(property: Partial<OdcsProperty>): unknown {
  return (jsonSchema(withProperty(property)).properties as Record<string, unknown>).extra;
}

describe('jsonSchema', () => {
  it('is of draft 2020-12 and leaves unknown fields to the validator', () => {
    const schema = jsonSchema(orders);
    expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
    expect(JSON.stringify(schema)).not.toContain('additionalProperties');
  });

  it.each([
    [{ logicalType: 'timestamp' }, { type: 'string', format: 'date-time' }],
    [
      { logicalTypeOptions: { format: 'uuid', maxLength: 36 } },
      { type: 'string', format: 'uuid', maxLength: 36 },
    ],
    [
      { customProperties: [{ property: 'das.enum', value: ['a', 'b'] }] },
      { type: 'string', enum: ['a', 'b'] },
    ],
    [
      {
        customProperties: [
          { property: 'das.enum', value: ['a'] },
          { property: 'das.nullable', value: true },
        ],
      },
      { type: ['string', 'null'], enum: ['a', null] },
    ],
    [
      { logicalType: 'integer', logicalTypeOptions: { minimum: 1 } },
      { type: 'integer', minimum: 1 },
    ],
  ] as [Partial<OdcsProperty>, object][])('%j', (property, expected) => {
    expect(schemaOf(property)).toEqual({ description: 'More.', ...expected });
  });

  it('goes into objects and arrays', () => {
    const sku = {
      name: 'sku',
      description: 'Unit.',
      logicalType: 'string',
      required: true,
      classification: 'internal',
    } as const;
    const item = {
      ...sku,
      name: 'item',
      description: 'Line.',
      logicalType: 'object',
      properties: [sku],
    } as const;
    expect(schemaOf({ logicalType: 'array', items: item })).toEqual({
      description: 'More.',
      type: 'array',
      items: {
        description: 'Line.',
        type: 'object',
        required: ['sku'],
        properties: { sku: { description: 'Unit.', type: 'string' } },
      },
    });
  });
});
