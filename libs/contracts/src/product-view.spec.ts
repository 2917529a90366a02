import { join } from 'node:path';
import { loadContract } from './load-contract';
import { toProductContract } from './product-view';

const load = (name: string) =>
  loadContract(join(__dirname, `../../../contracts/brook_commerce/${name}.odcs.yaml`));
const customers = load('customers');

/** The customers document with another lag or freshness. */
function changed({ targetLag, freshness }: { targetLag?: string; freshness?: number }) {
  const document = structuredClone(customers);
  const product = document.customProperties.find(({ property }) => property === 'das.product');
  if (targetLag !== undefined) Object.assign(product?.value as object, { targetLag });
  const level = document.slaProperties.find(({ property }) => property === 'freshness');
  if (freshness !== undefined && level !== undefined) Object.assign(level, { value: freshness, unit: 's' });
  return toProductContract(document);
}

describe('toProductContract', () => {
  it('is the view that readers go by', () => {
    const { tables, ...rest } = toProductContract(customers);
    expect(rest).toEqual({
      id: 'brook-commerce-customers',
      product: 'customers',
      version: '2.0.0',
      domain: 'brook_commerce',
      purpose: 'Who the customers are and were, for customer history and order analytics.',
      archetype: 'aggregate',
      purposes: ['order-analytics', 'customer-history', 'member-service', 'research'],
      readers: [
        'ANALYST_COMMERCE',
        'ANALYST_EMEA',
        'DATA_SCI_COMMERCE',
        'ANALYST_PHI',
        'CARE_TEAM',
        'DATA_API',
        'BREAK_GLASS',
      ],
      freshness: { seconds: 600, percentile: 95, targetLagSeconds: 300 },
      retentionDays: 1825,
      inputs: ['BROOK_COMMERCE.BRONZE.ORDERS_EVENTS_V1', 'BROOK_COMMERCE.OPS.TOKEN_REKEYS'],
    });
    expect(tables.map(({ table, materialized, internal }) => [table.name, materialized, internal])).toEqual([
      ['CUSTOMER_VERSIONS', 'dynamic_table', true],
      ['CUSTOMERS_SCD', 'dynamic_table', false],
      ['CUSTOMERS', 'view', false],
    ]);
  });

  it('says of each table what a row is and who sees it', () => {
    const { columns, ...scd } = toProductContract(customers).tables[1] ?? { columns: [] };
    expect(scd).toMatchObject({
      table: { database: 'BROOK_COMMERCE', schema: 'GOLD', name: 'CUSTOMERS_SCD' },
      key: ['CUSTOMER_ID', 'VALID_FROM'],
      rowAccess: { policy: 'region', columns: ['REGION'] },
      classification: 'pii',
    });
    expect(columns.find(({ name }) => name === 'PHONE')).toEqual({
      name: 'PHONE',
      type: 'VARCHAR',
      nullable: true,
      description: "The customer's phone number; null where none was given.",
      classification: 'pii',
      kind: 'phone',
      mask: { kind: 'phone', form: 'last2', clearFor: ['ANALYST_PHI', 'CARE_TEAM', 'BREAK_GLASS'] },
    });
  });

  it('lags by half of what is promised, unless told otherwise, and by a minute at least', () => {
    expect(changed({}).freshness.targetLagSeconds).toBe(300);
    expect(changed({ targetLag: 'PT2M' }).freshness.targetLagSeconds).toBe(120);
    expect(changed({ freshness: 90 }).freshness.targetLagSeconds).toBe(60);
  });

  it('refuses a stream', () => {
    expect(() => toProductContract(load('orders_events_v1'))).toThrow('data product');
  });
});
