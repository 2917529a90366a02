import { join } from 'node:path';
import { loadContract } from './load-contract';
import type { ModelColumn } from './model-column';
import { silverColumns, silverTable } from './silver-columns';

const ROOT = join(__dirname, '../../..');
const orders = loadContract(join(ROOT, 'contracts/brook_commerce/orders_events_v1.odcs.yaml'));
const auth = loadContract(join(ROOT, 'contracts/brook_commerce/auth_events_v1.odcs.yaml'));
/** Has every protection, at the root, nested and in arrays. */
const visits = loadContract(join(ROOT, 'libs/testing/contracts/brook_clinic/visits_events_v1.odcs.yaml'));

function named(columns: readonly ModelColumn[], name: string): ModelColumn {
  const found = columns.find((column) => column.name === name);
  if (found === undefined) throw new Error(`no column ${name}`);
  return found;
}

describe('silverTable', () => {
  it('is the stream without its version', () => {
    expect(silverTable({ name: 'orders_events_v1' })).toBe('orders_events');
    expect(silverTable({ name: 'orders_events_v12' })).toBe('orders_events');
  });
});

describe('silverColumns', () => {
  it('are the envelope, the leaves in their order, the link tokens, and how the row came', () => {
    expect(silverColumns(orders).map(({ name }) => name)).toEqual([
      'event_id',
      'event_type',
      'event_ts',
      'happened_at',
      'sent_at',
      'schema_version',
      'order_id',
      'customer_id',
      'customer_email',
      'customer_name',
      'customer_phone',
      'region',
      'currency',
      'total_usd',
      'items',
      'shipping_address_line1',
      'shipping_address_city',
      'shipping_address_postal_code',
      'shipping_address_country',
      'coupon',
      'member_link_token',
      'is_late',
      'is_clock_ahead',
      'duplicates',
      'ingested_at',
      'contract_version',
      'record_id',
      'landed_order',
    ]);
  });

  it('have the types of the contract, or those of JSON values', () => {
    const columns = silverColumns(orders);
    const types = ['order_id', 'sent_at', 'total_usd', 'items'].map((name) => named(columns, name).type);
    expect(types).toEqual(['VARCHAR', 'TIMESTAMP_TZ', 'NUMBER(12,2)', 'VARIANT']);
    expect(named(silverColumns(visits), 'cost_usd').type).toBe('NUMBER(38,9)');
  });

  it('say where the event has them', () => {
    const columns = silverColumns(orders);
    expect(named(columns, 'customer_email').path).toEqual(['customer', 'email']);
    expect(named(columns, 'member_link_token').link).toBe('member');
    expect(named(columns, 'happened_at').path).toBeUndefined();
  });

  it('may be null where the event may do without, or nothing may be left to land', () => {
    const nullable = (columns: readonly ModelColumn[]) =>
      columns.filter((column) => column.nullable).map(({ name }) => name);
    expect(nullable(silverColumns(orders))).toEqual(['customer_phone', 'coupon', 'member_link_token']);
    // Required in the contract, and coarsened at ingest.
    expect(nullable(silverColumns(auth))).toEqual(['ip']);
    expect(nullable(silverColumns(visits))).toEqual(expect.arrayContaining(['remarks', 'device_ip']));
  });

  it('keep what their property is, and who may see it', () => {
    expect(named(silverColumns(orders), 'customer_phone')).toMatchObject({
      classification: 'pii',
      kind: 'phone',
      mask: { kind: 'phone', form: 'last2', clearFor: ['ANALYST_PHI', 'CARE_TEAM', 'BREAK_GLASS'] },
    });
    expect(named(silverColumns(orders), 'region')).toMatchObject({
      classification: 'internal',
      allowed: ['EMEA', 'NA', 'APAC', 'LATAM'],
    });
  });

  it('show a link token to nobody: who reads two domains could link them by it', () => {
    expect(named(silverColumns(orders), 'member_link_token')).toMatchObject({
      classification: 'pii',
      mask: { kind: 'identifier', form: 'nothing', clearFor: [] },
    });
  });

  it('are text where a token or a cipher text lands, whatever it was made of', () => {
    // An integer in the contract.
    expect(named(silverColumns(visits), 'patient_chart_number').type).toBe('VARCHAR');
  });

  it('have no mask where a token lands, which is its own', () => {
    expect(named(silverColumns(visits), 'member_id').mask).toBeUndefined();
  });

  it('take the class of the most sensitive part of an array', () => {
    expect(named(silverColumns(visits), 'contacts')).toMatchObject({
      type: 'VARIANT',
      classification: 'phi',
    });
  });

  it('hide an array as a whole where a part of it would be masked', () => {
    const open = structuredClone(visits);
    const contacts = open.schema[0]?.properties.find(({ name }) => name === 'contacts');
    const [, name] = contacts?.items?.properties ?? [];
    Object.assign(name ?? {}, {
      customProperties: [
        { property: 'das.protect', value: 'clear' },
        { property: 'das.mask', value: 'initials' },
        { property: 'das.clearFor', value: ['CARE_TEAM'] },
      ],
    });
    expect(named(silverColumns(visits), 'contacts').mask).toBeUndefined();
    expect(named(silverColumns(open), 'contacts').mask).toEqual({
      kind: 'free_text',
      form: 'nothing',
      clearFor: [],
    });
  });
});
