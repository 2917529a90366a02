import { flag, time, whole, type ExpectedTable, type Row } from '../expected-table';
import { by, greatest, greatestOf, groupBy } from '../order-by';
import type { FoldedShipment } from './shipments';
import { wholeHours } from './whole-hours';

export function expectedDeliveryPromise(shipments: readonly FoldedShipment[]): ExpectedTable {
  const groups = groupBy(shipments, ({ latest }) => JSON.stringify([latest.orderId, latest.region]));
  return {
    schema: 'GOLD',
    name: 'DELIVERY_PROMISE',
    key: ['ORDER_ID', 'REGION'],
    rows: [...groups.values()].map(row),
  };
}

function row(shipments: readonly FoldedShipment[]): Row {
  const began = by<FoldedShipment>(
    ({ startedAt }) => startedAt,
    ({ id }) => id,
  );
  const first = greatest(shipments, (one, other) => began(other, one));
  const promisedAt = greatestOf(shipments.map(({ firstPromisedAt }) => firstPromisedAt));
  const delivered = shipments.flatMap(({ deliveredAt }) => deliveredAt ?? []);
  const deliveredAt = delivered.length === shipments.length ? greatestOf(delivered) : null;
  const promisedHours = wholeHours(first.startedAt, promisedAt);
  const actualHours = wholeHours(first.startedAt, deliveredAt);
  const kept = isKept(shipments);
  return {
    ORDER_ID: first.latest.orderId,
    REGION: first.latest.region,
    SERVICE_LEVEL: first.latest.serviceLevel,
    SHIPMENT_COUNT: whole(shipments.length),
    DELIVERED_COUNT: whole(delivered.length),
    MOVED_COUNT: whole(shipments.filter((one) => one.latest.promisedAt !== one.firstPromisedAt).length),
    STARTED_AT: time(first.startedAt),
    PROMISED_AT: time(promisedAt),
    DELIVERED_AT: time(deliveredAt),
    PROMISED_HOURS: promisedHours === null ? null : whole(promisedHours),
    ACTUAL_HOURS: actualHours === null ? null : whole(actualHours),
    PROMISE_KEPT: kept === null ? null : flag(kept),
    LAST_EVENT_AT: time(greatestOf(shipments.map(({ lastEventAt }) => lastEventAt))),
  };
}

/** One that is broken decides at once; all must be there before it is kept. */
function isKept(shipments: readonly FoldedShipment[]): boolean | null {
  const kept = shipments.map(({ deliveredAt, firstPromisedAt, state }) => {
    if (deliveredAt !== null) return deliveredAt <= firstPromisedAt;
    return state === 'returned' ? false : null;
  });
  if (kept.includes(false)) return false;
  return kept.includes(null) ? null : true;
}
