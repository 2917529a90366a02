import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { checkCrossing } from './check-crossing';
import { loadContracts } from './load-contract';
import type { OdcsDocument } from './odcs';

const FOLDER = join(__dirname, '../../../contracts/brook_commerce');
const files = readdirSync(FOLDER).filter((name) => name.endsWith('.odcs.yaml'));
const commerce = loadContracts(files.map((name) => join(FOLDER, name)));

const withCustom = (document: OdcsDocument, property: string, value: unknown): OdcsDocument => ({
  ...document,
  customProperties: [
    ...document.customProperties.filter((one) => one.property !== property),
    { property, value },
  ],
});

/** A product of another domain that reads one table of commerce. */
function reading(input: string, purposes: readonly string[] = ['care']): OdcsDocument {
  const [like] = commerce.filter(({ name }) => name === 'sessions');
  if (like === undefined) throw new Error('there is no contract of sessions');
  const document = withCustom(
    { ...like, name: 'guests', domain: 'brook_other', servers: [] },
    'das.lineage',
    { inputs: [input], outputs: ['BROOK_OTHER.GOLD.GUESTS'] },
  );
  return withCustom(document, 'das.purposes', purposes);
}

/** Commerce, with consumers of its customers. */
const registered = (...consumers: readonly unknown[]): readonly OdcsDocument[] =>
  commerce.map((one) => (one.name === 'customers' ? withCustom(one, 'das.consumers', consumers) : one));
const guests = { role: 'TRANSFORMER', product: 'guests', purpose: 'care', contact: 'other@brook.example' };

const faults = (document: OdcsDocument, others: readonly OdcsDocument[] = commerce): readonly string[] =>
  checkCrossing(document, [...others, document]).map(({ message }) => message);

const CUSTOMERS = 'BROOK_COMMERCE.GOLD.CUSTOMERS';

describe('reading another domain', () => {
  it('needs a registration there', () => {
    expect(faults(reading(CUSTOMERS))).toEqual([
      'customers has not registered guests: its das.consumers names the product, its purpose and a contact',
    ]);
    expect(faults(reading(CUSTOMERS), registered({ ...guests, product: 'others' }))).toHaveLength(1);
    expect(faults(reading(CUSTOMERS), registered(guests))).toEqual([]);
  });

  it('is for what was registered', () => {
    expect(faults(reading(CUSTOMERS, ['care', 'marketing']), registered(guests))).toEqual([
      'customers has registered guests, and not for marketing',
    ]);
  });

  it.each([
    'BROOK_COMMERCE.SILVER.ORDERS_EVENTS',
    'BROOK_COMMERCE.BRONZE.ORDERS_EVENTS_V1',
    'BROOK_COMMERCE.OPS.TOKEN_REKEYS',
    'BROOK_COMMERCE.GOLD.CUSTOMER_VERSIONS',
  ])('is of what its products promise, and not of %s', (input) => {
    expect(faults(reading(input), registered(guests))).toEqual([
      `${input} is promised by no product of another domain: read what BROOK_COMMERCE.GOLD promises`,
    ]);
  });
});
