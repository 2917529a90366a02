import { join } from 'node:path';
import { BRONZE_COLUMNS } from '../bronze-columns';
import { loadContract } from '../load-contract';
import { bronzeDdl } from './bronze-ddl';

const orders = loadContract(
  join(__dirname, '../../../../contracts/brook_commerce/orders_events_v1.odcs.yaml'),
);

describe('bronzeDdl', () => {
  const ddl = bronzeDdl(orders, 'orders.odcs.yaml');

  it('has every column, and no other, in order', () => {
    const names = [...ddl.matchAll(/^ {2}"([A-Z_]+)" /gm)].map(([, name]) => name);
    expect(names).toEqual(BRONZE_COLUMNS.map(({ name }) => name));
  });

  it('requires what a dead letter has as well', () => {
    const required = [...ddl.matchAll(/^ {2}"([A-Z_]+)" \S+ NOT NULL/gm)].map(([, name]) => name);
    expect(required).toEqual([
      'OUTCOME',
      'CLASSIFICATION',
      'SOURCE',
      'SOURCE_EPOCH',
      'SOURCE_PARTITION',
      'SOURCE_OFFSET',
      'RECORD_HASH',
      'INGESTED_AT',
      'COLLECTOR',
      'CONTRACT_VERSION',
    ]);
  });

  it('tags the table with class, product and retention', () => {
    expect(ddl).toContain('CREATE TABLE IF NOT EXISTS "BROOK_COMMERCE"."BRONZE"."ORDERS_EVENTS_V1" (');
    expect(ddl).toContain(`"BROOK_COMMERCE"."OPS"."HIGHEST_CLASS" = 'pii'`);
    expect(ddl).toContain(`"BROOK_COMMERCE"."OPS"."DATA_PRODUCT" = 'orders'`);
    expect(ddl).toContain(`"BROOK_COMMERCE"."OPS"."RETENTION_DAYS" = '30'`);
  });

  it('quotes what the contract says', () => {
    const quoted = structuredClone(orders);
    quoted.description.purpose = "The shop's orders";
    expect(bronzeDdl(quoted, 'orders.odcs.yaml')).toContain("orders_events_v1 1.0.0: The shop''s orders'");
  });
});
