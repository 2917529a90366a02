import { join } from 'node:path';
import { loadContract } from './load-contract';
import { toStreamContract } from './stream-view';

const orders = loadContract(join(__dirname, '../../../contracts/brook_commerce/orders_events_v1.odcs.yaml'));

describe('toStreamContract', () => {
  it('is the view that a collector runs on', () => {
    const { schema, phi, properties, ...rest } = toStreamContract(orders);
    expect(rest).toEqual({
      id: 'brook-commerce-orders-events',
      stream: 'orders_events_v1',
      version: '1.0.0',
      domain: 'brook_commerce',
      table: { database: 'BROOK_COMMERCE', schema: 'BRONZE', name: 'ORDERS_EVENTS_V1' },
      source: { kind: 'kafka', log: 'orders.v1', topic: 'orders.v1', partitions: 6, format: 'json' },
      paths: {
        eventId: ['event_id'],
        eventType: ['event_type'],
        eventTs: ['event_ts'],
        schemaVersion: ['schema_version'],
        subjectKey: ['order_id'],
      },
      lateness: { watermarkSeconds: 7200, allowedSeconds: 86_400 },
      unknownFields: 'evolve',
      undeclaredPhi: 'tag',
      startFrom: 'earliest',
      onGap: 'stop',
      onOffsetRegression: 'stop',
      deadLetters: { fuseRatio: 0.2, fuseRunLength: 1000 },
      headers: ['traceparent', 'tracestate'],
      classification: 'pii',
    });
    expect(schema).toMatchObject({ type: 'object' });
    const classes = properties.map(({ path, classification }) => [path.join('.'), classification]);
    expect(classes).toHaveLength(21);
    expect(classes).toContainEqual(['items.[].sku', 'internal']);
    expect(classes).toContainEqual(['customer.email', 'pii']);
    expect(phi.map(({ path, kind, protect }) => [path.join('.'), kind, protect])).toEqual([
      ['customer.email', 'email', 'clear'],
      ['customer.name', 'name', 'clear'],
      ['customer.phone', 'phone', 'clear'],
      ['shipping_address.line1', 'address', 'clear'],
      ['shipping_address.city', 'address', 'clear'],
      ['shipping_address.postal_code', 'postal_code', 'clear'],
    ]);
  });

  it('splits a dotted path', () => {
    const nested = structuredClone(orders);
    const collector = nested.customProperties.find(({ property }) => property === 'das.collector');
    Object.assign((collector?.value as { envelope: object }).envelope, { subjectKey: 'customer.id' });
    expect(toStreamContract(nested).paths.subjectKey).toEqual(['customer', 'id']);
  });

  it('refuses a document that was not checked', () => {
    expect(() => toStreamContract({ ...orders, servers: [] })).toThrow('loadContract');
  });
});
