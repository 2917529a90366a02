import { join } from 'node:path';
import { loadContract } from '../load-contract';
import { domainIndex } from './domain-index';
import { productTypes } from './product-types';

const load = (name: string) =>
  loadContract(join(__dirname, `../../../../contracts/brook_commerce/${name}.odcs.yaml`));

describe('productTypes', () => {
  const types = productTypes(load('customers'), 'x.yaml');

  it('has a type for a row of each table, and the product', () => {
    expect(types).toContain('export interface CustomerVersionsRow {');
    expect(types).toContain('export interface CustomersScdRow {');
    expect(types).toContain('export interface CustomersRow {');
    expect(types).toContain('export const customersProduct: ProductContract = {');
  });

  it('names columns as tables do, and what they hold', () => {
    expect(types).toContain('  CUSTOMER_ID: string;');
    expect(types).toContain('  PHONE: string | null;');
    expect(types).toContain('  IS_CURRENT: boolean;');
    expect(types).toContain("  REGION: 'EMEA' | 'NA' | 'APAC' | 'LATAM';");
    expect(productTypes(load('orders'), 'x.yaml')).toContain('  TOTAL_USD: number;');
  });

  it('keeps a comment closed', () => {
    const document = structuredClone(load('sessions'));
    document.description.purpose = 'All */ of it';
    expect(productTypes(document, 'x.yaml')).toContain(' * All *\\/ of it');
  });
});

describe('domainIndex', () => {
  it('lists streams and products', () => {
    const index = domainIndex('brook_commerce', [load('orders_events_v1')], [load('orders')]);
    expect(index).toContain("export * from './orders';\nexport * from './orders_events_v1';");
    expect(index).toContain('export const STREAMS: readonly StreamContract[] = [ordersEventsV1];');
    expect(index).toContain('export const PRODUCTS: readonly ProductContract[] = [ordersProduct];');
  });
});
