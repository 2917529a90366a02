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
      { logicalType: 'integer', logicalTypeOptions: { minimum: 1, maximum: 9 } },
      { type: 'integer', minimum: 1, maximum: 9 },
    ],
    // What its column holds: all nines, 15 of them at most, since local readers round up what has more.
    [
      { logicalType: 'number', physicalType: 'NUMBER(12,2)' },
      { type: 'number', minimum: -9_999_999_999.99, maximum: 9_999_999_999.99 },
    ],
    [
      {
        logicalType: 'number',
        physicalType: 'NUMBER(4,2)',
        logicalTypeOptions: { minimum: 0, maximum: 1000 },
      },
      { type: 'number', minimum: 0, maximum: 99.99 },
    ],
    [
      { logicalType: 'number', physicalType: 'NUMBER(2,2)' },
      { type: 'number', minimum: -0.99, maximum: 0.99 },
    ],
    [
      { logicalType: 'integer' },
      { type: 'integer', minimum: -9.99999999999999e37, maximum: 9.99999999999999e37 },
    ],
    [
      { logicalType: 'number' },
      { type: 'number', minimum: -9.99999999999999e28, maximum: 9.99999999999999e28 },
    ],
    // A token is no number.
    [
      { logicalType: 'integer', customProperties: [{ property: 'das.protect', value: 'tokenize' }] },
      { type: 'integer' },
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
