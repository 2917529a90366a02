import { flag, money, time, whole, type ExpectedTable, type Row } from '../expected-table';
import type { Instant } from '../instant';
import { by, greatest, groupBy, smallestOf } from '../order-by';
import { textAt } from '../silver-columns';
import { GRAMS, type ShipmentEvent } from './shipments-events';
import { wholeHours } from './whole-hours';

/** An exception is no step. */
const COURSE = [
  'exception',
  'created',
  'picked_up',
  'in_transit',
  'out_for_delivery',
  'delivered',
  'returned',
];

const kindOf = ({ eventType }: ShipmentEvent): string => eventType.slice('shipment.'.length);
const stepOf = (event: ShipmentEvent): number => COURSE.indexOf(kindOf(event));
const inTime = by<ShipmentEvent>(
  ({ happenedAt }) => happenedAt,
  stepOf,
  ({ eventId }) => eventId,
);

/** A shipment as its events tell it, in whatever order they came. */
export interface FoldedShipment {
  readonly id: string;
  readonly events: readonly ShipmentEvent[];
  /** Whose values it has. */
  readonly latest: ShipmentEvent;
  readonly state: string;
  readonly firstPromisedAt: Instant;
  readonly createdAt: Instant | null;
  readonly pickedUpAt: Instant | null;
  readonly deliveredAt: Instant | null;
  readonly returnedAt: Instant | null;
  /** When it began: created, or first heard of. */
  readonly startedAt: Instant;
  readonly firstEventAt: Instant;
  readonly lastEventAt: Instant;
  readonly onTime: boolean | null;
  readonly transitHours: number | null;
  readonly attempts: number;
  readonly exceptions: readonly ShipmentEvent[];
}

export function foldShipments(events: readonly ShipmentEvent[]): readonly FoldedShipment[] {
  return [...groupBy(events, ({ shipmentId }) => shipmentId)].map(([id, own]) => fold(id, own));
}

function fold(id: string, events: readonly ShipmentEvent[]): FoldedShipment {
  const ordered = [...events].sort(inTime);
  const [first] = ordered;
  const latest = ordered.at(-1);
  if (first === undefined || latest === undefined) throw new Error('a shipment without an event');
  const ofKind = (kind: string): readonly ShipmentEvent[] => ordered.filter((one) => kindOf(one) === kind);
  const firstOf = (kind: string): Instant | null => smallestOf(ofKind(kind).map((one) => one.happenedAt));
  const [createdAt, pickedUpAt] = [firstOf('created'), firstOf('picked_up')];
  const deliveredAt = firstOf('delivered');
  return {
    id,
    events: ordered,
    latest,
    state: kindOf(greatest(events, by(stepOf))),
    firstPromisedAt: first.promisedAt,
    createdAt,
    pickedUpAt,
    deliveredAt,
    returnedAt: firstOf('returned'),
    startedAt: createdAt ?? first.happenedAt,
    firstEventAt: first.happenedAt,
    lastEventAt: latest.happenedAt,
    onTime: deliveredAt === null ? null : deliveredAt <= latest.promisedAt,
    transitHours: wholeHours(pickedUpAt, deliveredAt),
    attempts: ofKind('out_for_delivery').length,
    exceptions: ofKind('exception'),
  };
}

export function expectedShipments(shipments: readonly FoldedShipment[]): ExpectedTable {
  return { schema: 'GOLD', name: 'SHIPMENTS', key: ['SHIPMENT_ID'], rows: shipments.map(row) };
}

function row(shipment: FoldedShipment): Row {
  const { latest } = shipment;
  const text = (...path: readonly string[]): string | null => textAt(latest.payload, ...path);
  return {
    SHIPMENT_ID: shipment.id,
    ORDER_ID: latest.orderId,
    STATE: shipment.state,
    CARRIER: latest.carrier,
    SERVICE_LEVEL: latest.serviceLevel,
    ORIGIN_REGION: text('origin', 'region'),
    ORIGIN_COUNTRY: text('origin', 'country'),
    REGION: latest.region,
    DESTINATION_COUNTRY: text('destination', 'country'),
    DESTINATION_POSTAL_AREA: text('destination', 'postal_code'),
    RECIPIENT_NAME: text('recipient', 'name'),
    RECIPIENT_PHONE: text('recipient', 'phone'),
    RECIPIENT_EMAIL: text('recipient', 'email'),
    WEIGHT_KG: money(latest.weight, GRAMS),
    FIRST_PROMISED_AT: time(shipment.firstPromisedAt),
    PROMISED_AT: time(latest.promisedAt),
    CREATED_AT: time(shipment.createdAt),
    PICKED_UP_AT: time(shipment.pickedUpAt),
    DELIVERED_AT: time(shipment.deliveredAt),
    RETURNED_AT: time(shipment.returnedAt),
    ON_TIME: shipment.onTime === null ? null : flag(shipment.onTime),
    TRANSIT_HOURS: shipment.transitHours === null ? null : whole(shipment.transitHours),
    ATTEMPT_COUNT: whole(shipment.attempts),
    EXCEPTION_COUNT: whole(shipment.exceptions.length),
    LAST_EXCEPTION_REASON: shipment.exceptions.at(-1)?.exceptionReason ?? null,
    FIRST_EVENT_AT: time(shipment.firstEventAt),
    LAST_EVENT_AT: time(shipment.lastEventAt),
    EVENT_COUNT: whole(shipment.events.length),
    HAS_LATE_EVENTS: flag(shipment.events.some(({ isLate }) => isLate)),
  };
}
