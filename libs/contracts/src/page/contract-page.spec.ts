import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { loadContracts } from '../load-contract';
import { contractPage } from './contract-page';

const FOLDER = join(__dirname, '..', '..', '..', '..', 'contracts', 'brook_commerce');
const documents = loadContracts(
  readdirSync(FOLDER)
    .filter((name) => name.endsWith('.odcs.yaml'))
    .map((name) => join(FOLDER, name)),
);

function pageOf(name: string) {
  const document = documents.find((one) => one.name === name);
  if (document === undefined) throw new Error(`no contract ${name}`);
  return contractPage(document, documents);
}

describe("a contract's page", () => {
  it('says of a product who sees what', () => {
    const page = pageOf('orders');
    expect(page).toMatchObject({
      kind: 'product',
      classification: 'pii',
      team: { name: 'commerce-orders' },
      upstream: ['orders_events_v1'],
      tables: [
        {
          name: 'BROOK_COMMERCE.GOLD.ORDERS',
          key: ['order_id'],
          rowAccess: { policy: 'region', columns: { region: 'region' } },
        },
      ],
      consumers: expect.arrayContaining([
        { role: 'ANALYST_COMMERCE', purpose: 'order-analytics', contact: 'bi@brook.example' },
      ]) as unknown,
      replaces: null,
      cost: { monthlyCapUsd: 900, costCentre: 'commerce-data' },
    });
    expect(page.tables[0]?.columns.find(({ name }) => name === 'customer_email')).toEqual({
      name: 'customer_email',
      type: 'VARCHAR',
      required: true,
      classification: 'pii',
      phi: 'email',
      lands: null,
      mask: 'domain',
      clearFor: ['ANALYST_PHI', 'BREAK_GLASS'],
      madeFrom: ['orders_events_v1.customer.email'],
      description: "The customer's e-mail address, from the latest version.",
    });
    expect(page.promises).toContainEqual({
      property: 'freshness',
      value: 10,
      unit: 'm',
      measured: 'for 95 % of events, over P1D',
    });
  });

  it('says of a stream what lands, and what is made of it', () => {
    const page = pageOf('auth_events_v1');
    expect(page).toMatchObject({ kind: 'stream', downstream: ['sessions'], upstream: ['kafka:auth.v1'] });
    expect(page.tables[0]?.columns.find(({ name }) => name === 'ip')).toMatchObject({
      lands: 'generalize',
      mask: null,
      clearFor: 'everybody',
    });
  });

  it('goes into objects and arrays', () => {
    const names = pageOf('orders_events_v1').tables[0]?.columns.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['customer.email', 'items.[].sku']));
    expect(names).not.toContain('customer');
  });
});
