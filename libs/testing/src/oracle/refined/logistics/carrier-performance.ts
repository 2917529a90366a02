import { time, whole, type ExpectedTable, type Row } from '../expected-table';
import { dayOf } from '../instant';
import { greatestOf, groupBy } from '../order-by';
import type { FoldedShipment } from './shipments';

export function expectedCarrierPerformance(shipments: readonly FoldedShipment[]): ExpectedTable {
  const groups = groupBy(shipments, ({ latest, startedAt }) =>
    JSON.stringify([latest.carrier, latest.serviceLevel, latest.region, dayOf(startedAt)]),
  );
  return {
    schema: 'GOLD',
    name: 'CARRIER_PERFORMANCE',
    key: ['CARRIER', 'SERVICE_LEVEL', 'REGION', 'SHIP_DATE'],
    rows: [...groups.values()].map(row),
  };
}

function row(shipments: readonly FoldedShipment[]): Row {
  const [first] = shipments;
  const count = (counts: (shipment: FoldedShipment) => boolean): string =>
    whole(shipments.filter(counts).length);
  const sum = (of: (shipment: FoldedShipment) => number): string =>
    whole(shipments.reduce((total, one) => total + of(one), 0));
  const hours = shipments.flatMap(({ transitHours }) => transitHours ?? []).sort((a, b) => a - b);
  // The least that so many tenths do not exceed: counted, so that no fraction is involved.
  const decile = (tenths: number): string | null => {
    const found = hours[Math.ceil((hours.length * tenths) / 10) - 1];
    return found === undefined ? null : whole(found);
  };
  return {
    CARRIER: first?.latest.carrier ?? null,
    SERVICE_LEVEL: first?.latest.serviceLevel ?? null,
    REGION: first?.latest.region ?? null,
    SHIP_DATE: first === undefined ? null : dayOf(first.startedAt),
    SHIPMENT_COUNT: whole(shipments.length),
    DELIVERED_COUNT: count(({ deliveredAt }) => deliveredAt !== null),
    ON_TIME_COUNT: count(({ onTime }) => onTime === true),
    RETURNED_COUNT: count(({ state }) => state === 'returned'),
    ATTEMPT_COUNT: sum(({ attempts }) => attempts),
    EXCEPTION_COUNT: sum(({ exceptions }) => exceptions.length),
    TRANSIT_COUNT: whole(hours.length),
    TRANSIT_HOURS_TOTAL: whole(hours.reduce((total, one) => total + one, 0)),
    TRANSIT_HOURS_MEDIAN: decile(5),
    TRANSIT_HOURS_P90: decile(9),
    LAST_EVENT_AT: time(greatestOf(shipments.map(({ lastEventAt }) => lastEventAt))),
  };
}
