import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadContract } from '../load-contract';
import type { OdcsProperty } from '../odcs';
import { generate, type ContractSource } from './generate';
import { jsonSchema } from './json-schema';

const ROOT = join(__dirname, '..', '..', '..', '..');
const SOURCES: readonly ContractSource[] = ['auth_events_v1', 'orders_events_v1'].map((stream) => {
  const file = `contracts/brook_commerce/${stream}.odcs.yaml`;
  return { file, document: loadContract(join(ROOT, file)) };
});
const [, orders] = SOURCES as [ContractSource, ContractSource];

/** The orders document with one property more. */
function withProperty(property: Partial<OdcsProperty>): ContractSource['document'] {
  const document = structuredClone(orders.document);
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

describe('generate', () => {
  it('writes what is committed', async () => {
    const files = await generate(SOURCES);
    expect(files.map(({ path }) => path)).toEqual([
      'contracts/brook_commerce/generated/auth_events_v1.schema.json',
      'contracts/brook_commerce/generated/auth_events_v1.ts',
      'contracts/brook_commerce/generated/index.ts',
      'contracts/brook_commerce/generated/orders_events_v1.schema.json',
      'contracts/brook_commerce/generated/orders_events_v1.ts',
      'sql/bronze/brook_commerce/auth_events_v1.sql',
      'sql/bronze/brook_commerce/orders_events_v1.sql',
    ]);
    for (const { path, text } of files) expect(text).toBe(readFileSync(join(ROOT, path), 'utf8'));
  });

  it('does not depend on the order of the contracts', async () => {
    expect(await generate(SOURCES.toReversed())).toEqual(await generate(SOURCES));
  });

  it('quotes what the contract says, in SQL and in TypeScript', async () => {
    const document = structuredClone(orders.document);
    document.description.purpose = "The shop's orders */ and more";
    const files = await generate([{ ...orders, document }]);
    const sql = files.find(({ path }) => path.endsWith('.sql'))?.text;
    const types = files.find(({ path }) => path.endsWith('orders_events_v1.ts'))?.text;
    expect(sql).toContain("orders_events_v1 1.0.0: The shop''s orders */ and more'");
    expect(types).toContain("/** The shop's orders *\\/ and more */");
  });
});

describe('jsonSchema', () => {
  it('is of draft 2020-12 and leaves unknown fields to the validator', () => {
    const schema = jsonSchema(orders.document);
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
