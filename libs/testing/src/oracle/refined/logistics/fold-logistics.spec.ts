import type { BronzeRow } from '../bronze-row';
import type { Row } from '../expected-table';
import { landedRow } from '../rows-by-hand';
import { foldLogistics } from './fold-logistics';

const SHIPMENT = {
  shipment_id: 'shp_1',
  order_id: 'ord_1',
  carrier: 'northway',
  service_level: 'express',
  origin: { region: 'NA', country: 'US', postal_code: '606' },
  destination: { country: 'DE', postal_code: '021' },
  region: 'EMEA',
  recipient: { name: 'Ada Sample', email: 'ada@example.com' },
  promised_at: '2026-11-21T12:00:00Z',
  weight_kg: 1.0005,
};
const shipment = (id: string, step: string, clock: string, payload: object = {}, row = {}): BronzeRow =>
  landedRow(
    { id, type: `shipment.${step}`, at: clock, payload: { ...SHIPMENT, ...payload }, row },
    'kafka:shipments.v1',
  );

function table(name: string, shipments: readonly BronzeRow[]): readonly Row[] {
  return foldLogistics({ shipments, audit: [] }).find((one) => one.name === name)?.rows ?? [];
}

describe('expected shipments', () => {
  it('have every column', () => {
    const rows = table('SHIPMENTS', [
      shipment('e4', 'delivered', '2026-11-21T12:00:00Z', { promised_at: '2026-11-21T14:00:00+02:00' }),
      shipment('e1', 'picked_up', '2026-11-20T10:00:00.0009Z', {
        carrier: 'other',
        promised_at: '2026-11-21T10:00:00Z',
      }),
      shipment('e3', 'exception', '11:30', { exception_reason: 'weather' }, { IS_LATE: true }),
      shipment('e2', 'exception', '11:30', { exception_reason: 'customs' }),
      shipment('e5', 'out_for_delivery', '11:45'),
    ]);
    expect(rows).toEqual([
      {
        SHIPMENT_ID: 'shp_1',
        ORDER_ID: 'ord_1',
        STATE: 'delivered',
        CARRIER: 'northway',
        SERVICE_LEVEL: 'express',
        ORIGIN_REGION: 'NA',
        ORIGIN_COUNTRY: 'US',
        REGION: 'EMEA',
        DESTINATION_COUNTRY: 'DE',
        DESTINATION_POSTAL_AREA: '021',
        RECIPIENT_NAME: 'Ada Sample',
        RECIPIENT_PHONE: null,
        RECIPIENT_EMAIL: 'ada@example.com',
        // Half a gram rounds up, where it is written so.
        WEIGHT_KG: '1.001',
        FIRST_PROMISED_AT: '2026-11-21T10:00:00.000000Z',
        PROMISED_AT: '2026-11-21T12:00:00.000000Z',
        CREATED_AT: null,
        PICKED_UP_AT: '2026-11-20T10:00:00.000900Z',
        DELIVERED_AT: '2026-11-21T12:00:00.000000Z',
        RETURNED_AT: null,
        ON_TIME: 'true',
        // By the millisecond: the 0.9 of one before do not count.
        TRANSIT_HOURS: '26',
        ATTEMPT_COUNT: '1',
        EXCEPTION_COUNT: '2',
        LAST_EXCEPTION_REASON: 'weather',
        FIRST_EVENT_AT: '2026-11-20T10:00:00.000900Z',
        LAST_EVENT_AT: '2026-11-21T12:00:00.000000Z',
        EVENT_COUNT: '5',
        HAS_LATE_EVENTS: 'true',
      },
    ]);
  });

  it.each([
    [['exception'], 'exception', null],
    [['exception', 'created'], 'created', null],
    [['delivered', 'picked_up'], 'delivered', null],
    [['picked_up', 'delivered', 'in_transit'], 'delivered', '1'],
    [['returned', 'picked_up', 'delivered'], 'returned', '1'],
  ])('of the events %j are %s', (steps, state, hours) => {
    const events = steps.map((step, index) => shipment(`e${index}`, step, `${10 + index}:00`));
    expect(table('SHIPMENTS', events)).toEqual([
      expect.objectContaining({ STATE: state, TRANSIT_HOURS: hours }),
    ]);
  });
});

describe('expected performance of carriers', () => {
  it('is of the day on which shipments began, with the least hours that enough of them do not exceed', () => {
    const taking = [10, 30, 20, 50, 40, 60, 0].map((hours, index) => {
      const own = { shipment_id: `s${index}`, promised_at: '2026-11-21T20:00:00Z' };
      const delivered = new Date(Date.UTC(2026, 10, 20, 10 + hours)).toISOString();
      return [
        shipment(`a${index}`, 'picked_up', '10:00', own),
        ...(hours === 0 ? [] : [shipment(`b${index}`, 'delivered', delivered, own)]),
      ];
    });
    const nextDay = shipment('c', 'created', '2026-11-21T00:00:00Z', { shipment_id: 'c' });
    const [day, next] = table('CARRIER_PERFORMANCE', [...taking.flat(), nextDay]);
    expect(day).toEqual({
      CARRIER: 'northway',
      SERVICE_LEVEL: 'express',
      REGION: 'EMEA',
      SHIP_DATE: '2026-11-20',
      SHIPMENT_COUNT: '7',
      DELIVERED_COUNT: '6',
      ON_TIME_COUNT: '3',
      RETURNED_COUNT: '0',
      ATTEMPT_COUNT: '0',
      EXCEPTION_COUNT: '0',
      TRANSIT_COUNT: '6',
      TRANSIT_HOURS_TOTAL: '210',
      TRANSIT_HOURS_MEDIAN: '30',
      TRANSIT_HOURS_P90: '60',
      LAST_EVENT_AT: '2026-11-22T22:00:00.000000Z',
    });
    expect(next).toMatchObject({ SHIP_DATE: '2026-11-21', TRANSIT_HOURS_MEDIAN: null });
  });
});

describe('expected promises', () => {
  const of = (id: string, step: string, clock: string, payload: object = {}): BronzeRow =>
    shipment(`${id} ${step}`, step, clock, { shipment_id: id, ...payload });

  it('have every column', () => {
    const rows = table('DELIVERY_PROMISE', [
      of('z', 'created', '10:00', { service_level: 'economy' }),
      of('a', 'created', '10:00'),
      of('z', 'delivered', '2026-11-21T12:00:00Z', { service_level: 'economy' }),
      of('a', 'delivered', '2026-11-21T11:00:00Z', { promised_at: '2026-11-29T12:00:00Z' }),
    ]);
    expect(rows).toEqual([
      {
        ORDER_ID: 'ord_1',
        REGION: 'EMEA',
        SERVICE_LEVEL: 'express',
        SHIPMENT_COUNT: '2',
        DELIVERED_COUNT: '2',
        MOVED_COUNT: '1',
        STARTED_AT: '2026-11-20T10:00:00.000000Z',
        PROMISED_AT: '2026-11-21T12:00:00.000000Z',
        DELIVERED_AT: '2026-11-21T12:00:00.000000Z',
        PROMISED_HOURS: '26',
        ACTUAL_HOURS: '26',
        PROMISE_KEPT: 'true',
        LAST_EVENT_AT: '2026-11-21T12:00:00.000000Z',
      },
    ]);
  });

  it.each([
    ['open as long as one is on its way', [of('a', 'delivered', '10:00'), of('b', 'created', '10:00')], null],
    [
      'broken as soon as one comes too late, whatever is promised then',
      [
        of('a', 'created', '10:00'),
        of('a', 'delivered', '2026-11-21T12:00:01Z', { promised_at: '2026-11-30T00:00:00Z' }),
        of('b', 'created', '10:00'),
      ],
      'false',
    ],
    ['broken where one goes back', [of('a', 'returned', '10:00')], 'false'],
    [
      'kept where it was there before it went back',
      [of('a', 'delivered', '10:00'), of('a', 'returned', '11:00')],
      'true',
    ],
  ])('are %s', (_, events, kept) => {
    expect(table('DELIVERY_PROMISE', events)).toEqual([expect.objectContaining({ PROMISE_KEPT: kept })]);
  });
});
