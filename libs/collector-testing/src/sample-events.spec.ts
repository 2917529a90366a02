import { authEventsV1, ordersEventsV1 } from '@contracts/brook-commerce';
import { stepsOf } from '@das/collector';
import { visitsEventsV1 } from '@das/testing';
import { judge } from './judge';
import { sampleEvents } from './sample-events';
import { testKeys } from './test-keys';

/** What has a pattern of its own. */
const fields = { currency: () => 'EUR', 'shipping_address.country': () => 'DE' };

describe('sample events', () => {
  it.each([ordersEventsV1, authEventsV1, visitsEventsV1].map((contract) => [contract.stream, contract]))(
    'of %s keep the contract',
    (_, contract) => {
      const next = sampleEvents(contract, { seed: 7, fields });
      const steps = stepsOf({ name: 'any', version: '1', contracts: [contract] }, { keys: testKeys() });
      for (let count = 0; count < 200; count++)
        expect(judge(steps, contract, asBytes(next()))).toBeUndefined();
    },
  );

  it('are the same from the same seed, and others from another', () => {
    const some = (seed: number) => Array.from({ length: 20 }, sampleEvents(ordersEventsV1, { seed, fields }));
    expect(some(1)).toEqual(some(1));
    expect(some(1)).not.toEqual(some(2));
  });

  it('name what only the caller can follow', () => {
    const contract = {
      ...authEventsV1,
      schema: { type: 'object', properties: { sku: { type: 'string', pattern: '^[A-Z]{3}$' } } },
    };
    expect(() => sampleEvents(contract, { seed: 1 })()).toThrow('sku has a pattern');
    const next = sampleEvents(contract, { seed: 1, fields: { sku: () => 'ABC' } });
    expect(next()).toEqual({ sku: 'ABC' });
  });
});

function asBytes(event: object): Buffer {
  return Buffer.from(JSON.stringify(event));
}
