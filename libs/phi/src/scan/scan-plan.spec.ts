import { ordersEventsV1 } from '@contracts/brook-commerce';
import type { JsonSchema } from '@das/contracts';
import { planOf } from './scan-plan';

function treatmentOf(schema: JsonSchema): string | undefined {
  const contract = { ...ordersEventsV1, schema: { properties: { place: schema } } };
  return planOf(contract).root.properties?.get('place')?.treatment;
}

describe('planOf', () => {
  const keywords = [{ format: 'date-time' }, { format: 'ipv4' }, { pattern: '^[A-Z]{3}$' }, { maxLength: 3 }];

  it.each(keywords)('skips a string, or null, with %j', (keyword) => {
    expect(treatmentOf({ type: 'string', ...keyword })).toBe('skip');
    expect(treatmentOf({ type: ['string', 'null'], ...keyword })).toBe('skip');
  });

  it.each(keywords)('reads what may be a number, or anything, despite %j', (keyword) => {
    expect(treatmentOf({ type: ['string', 'integer'], ...keyword })).toBe('read');
    expect(treatmentOf({ type: ['number', 'string', 'null'], ...keyword })).toBe('read');
    expect(treatmentOf({ type: 'integer', ...keyword })).toBe('read');
    expect(treatmentOf(keyword)).toBe('read');
  });

  it('takes a uuid for an id only where it must be a string', () => {
    expect(treatmentOf({ type: 'string', format: 'uuid' })).toBe('echo');
    expect(treatmentOf({ type: ['string', 'integer'], format: 'uuid' })).toBe('read');
    expect(treatmentOf({ format: 'uuid' })).toBe('read');
  });
});
