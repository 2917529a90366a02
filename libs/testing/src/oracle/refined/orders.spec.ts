import type { BronzeRow } from './bronze-row';
import type { Row } from './expected-table';
import { foldRefined } from './fold-refined';
import { at, customer, orderRow } from './rows-by-hand';

function table(name: string, orders: readonly BronzeRow[]): readonly Row[] {
  const tables = foldRefined({ orders, auth: [], audit: [], rekeys: [] });
  return tables.find((expected) => expected.name === name)?.rows ?? [];
}
const only = (name: string, ...orders: readonly BronzeRow[]): Row => {
  const rows = table(name, orders);
  expect(rows).toHaveLength(1);
  return rows[0] ?? {};
};

const created = orderRow({ id: 'a', type: 'order.created', at: '10:00' });
const paid = orderRow({ id: 'b', type: 'order.paid', at: '11:00', payload: { coupon: 'LOYAL5' } });

describe('expected orders', () => {
  it('have every column of one event', () => {
    expect(only('ORDERS', created)).toEqual({
      ORDER_ID: 'ord_1',
      STATE: 'created',
      CUSTOMER_ID: 'cus_1',
      CUSTOMER_EMAIL: 'alex@example.com',
      CUSTOMER_NAME: 'Alex Sample',
      CUSTOMER_PHONE: '+1-202-555-0100',
      REGION: 'EMEA',
      PAID_CURRENCY: 'EUR',
      TOTAL_USD: '10.00',
      COUPON: null,
      SHIPPING_LINE1: '1 Sample Street',
      SHIPPING_CITY: 'Sampletown',
      SHIPPING_POSTAL_CODE: '00000',
      SHIPPING_COUNTRY: 'DE',
      CREATED_AT: '2026-11-20T10:00:00.000000Z',
      PAID_AT: null,
      SHIPPED_AT: null,
      CANCELED_AT: null,
      REFUNDED_AT: null,
      LINE_COUNT: '1',
      FIRST_EVENT_AT: '2026-11-20T10:00:00.000000Z',
      LAST_EVENT_AT: '2026-11-20T10:00:00.000000Z',
      EVENT_COUNT: '1',
      HAS_LATE_EVENTS: 'false',
    });
  });

  it('are the same in whatever order events came, repeated ones counted once', () => {
    const again = { ...paid, SOURCE_OFFSET: '99', INGESTED_AT: at('12:00') };
    const order = only('ORDERS', again, paid, created);
    expect(order).toEqual(only('ORDERS', created, paid, again));
    expect(order).toMatchObject({ STATE: 'paid', COUPON: 'LOYAL5', EVENT_COUNT: '2' });
  });

  it('have the furthest state, and the values of what happened last', () => {
    // The warehouse's clock was behind: shipped before paid.
    const shipped = orderRow({ id: 'c', type: 'order.shipped', at: '10:30', payload: { region: 'NA' } });
    expect(only('ORDERS', created, paid, shipped)).toMatchObject({
      STATE: 'shipped',
      REGION: 'EMEA',
      SHIPPED_AT: '2026-11-20T10:30:00.000000Z',
      LAST_EVENT_AT: '2026-11-20T11:00:00.000000Z',
    });
  });

  it('have at the same time the values of the later step, and then of the greater id', () => {
    const atOnce = (id: string, type: string, total: number) =>
      orderRow({ id, type, at: '10:00', payload: { total_usd: total } });
    const order = only(
      'ORDERS',
      atOnce('p1', 'order.paid', 2),
      atOnce('z', 'order.created', 1),
      atOnce('p2', 'order.paid', 3),
    );
    expect(order).toMatchObject({ TOTAL_USD: '3.00', STATE: 'paid' });
  });

  it('take the earliest time of a step', () => {
    const paidAgain = orderRow({ id: 'd', type: 'order.paid', at: '10:45' });
    expect(only('ORDERS', paid, paidAgain)).toMatchObject({
      CREATED_AT: null,
      PAID_AT: '2026-11-20T10:45:00.000000Z',
      FIRST_EVENT_AT: '2026-11-20T10:45:00.000000Z',
    });
  });

  it('say that something came late', () => {
    const late = orderRow({ id: 'l', type: 'order.paid', at: '09:00', row: { IS_LATE: true } });
    expect(only('ORDERS', created, late)).toMatchObject({ HAS_LATE_EVENTS: 'true' });
  });

  it('do not believe a clock that was ahead', () => {
    const ahead = orderRow({
      id: 'w',
      type: 'order.created',
      at: '2027-01-01T00:00:00Z',
      payload: { coupon: 'AHEAD' },
      row: { SOURCE_TS: at('10:00'), INGESTED_AT: at('10:00:01') },
    });
    expect(only('ORDERS', ahead, paid)).toMatchObject({
      COUPON: 'LOYAL5',
      CREATED_AT: '2026-11-20T10:00:00.000000Z',
      LAST_EVENT_AT: '2026-11-20T11:00:00.000000Z',
    });
  });

  it('round half away from zero', () => {
    const total = orderRow({ id: 'a', type: 'order.created', at: '10:00', payload: { total_usd: 1.005 } });
    expect(only('ORDERS', total)).toMatchObject({ TOTAL_USD: '1.01' });
  });

  it('take what is missing for null', () => {
    const lean = orderRow({
      id: 'a',
      type: 'order.created',
      at: '10:00',
      payload: { ...customer('Alex Sample', { phone: undefined }), coupon: undefined },
    });
    expect(only('ORDERS', lean)).toMatchObject({ CUSTOMER_PHONE: null, COUPON: null });
  });
});

describe('expected order lines', () => {
  it('are numbered as in the latest version', () => {
    const items = [
      { sku: 'Z', quantity: 3, unit_price_usd: 0.335 },
      { sku: 'A', quantity: 2, unit_price_usd: 0.00005 },
    ];
    const changed = orderRow({ id: 'b', type: 'order.paid', at: '11:00', payload: { items } });
    expect(table('ORDER_LINES', [changed, created])).toEqual([
      expect.objectContaining({
        ORDER_ID: 'ord_1',
        LINE_NUMBER: '1',
        SKU: 'Z',
        QUANTITY: '3',
        UNIT_PRICE_USD: '0.3350',
        LINE_TOTAL_USD: '1.01',
        ORDER_STATE: 'paid',
        LAST_EVENT_AT: '2026-11-20T11:00:00.000000Z',
      }),
      // Twice 0.0001, the price as the column has it.
      expect.objectContaining({
        LINE_NUMBER: '2',
        SKU: 'A',
        UNIT_PRICE_USD: '0.0001',
        LINE_TOTAL_USD: '0.00',
      }),
    ]);
    expect(only('ORDERS', changed, created)).toMatchObject({ LINE_COUNT: '2' });
  });
});
