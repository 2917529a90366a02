import { unitsOf } from '../decimal';
import { money, time, type ExpectedTable } from '../expected-table';
import { instantOf, type Instant } from '../instant';
import type { LandedEvent } from '../landed-events';
import { silverRow, textAt } from '../silver-columns';

/** A shipment event with the values that GOLD folds. */
export interface ShipmentEvent extends LandedEvent {
  readonly shipmentId: string;
  readonly orderId: string;
  readonly carrier: string;
  readonly serviceLevel: string;
  readonly region: string;
  readonly promisedAt: Instant;
  readonly exceptionReason: string | null;
  /** In grams. */
  readonly weight: bigint;
}

export const GRAMS = 3;

export function shipmentEvent(event: LandedEvent): ShipmentEvent {
  const text = (...path: readonly string[]): string => textAt(event.payload, ...path) ?? '';
  return {
    ...event,
    shipmentId: text('shipment_id'),
    orderId: text('order_id'),
    carrier: text('carrier'),
    serviceLevel: text('service_level'),
    region: text('region'),
    promisedAt: instantOf(text('promised_at')),
    exceptionReason: textAt(event.payload, 'exception_reason'),
    weight: unitsOf(text('weight_kg'), GRAMS),
  };
}

export function expectedShipmentsEvents(events: readonly ShipmentEvent[]): ExpectedTable {
  const rows = events.map((event) => {
    const text = (...path: readonly string[]): string | null => textAt(event.payload, ...path);
    return silverRow(event, {
      SHIPMENT_ID: event.shipmentId,
      ORDER_ID: event.orderId,
      CARRIER: event.carrier,
      SERVICE_LEVEL: event.serviceLevel,
      ORIGIN_REGION: text('origin', 'region'),
      ORIGIN_COUNTRY: text('origin', 'country'),
      ORIGIN_POSTAL_CODE: text('origin', 'postal_code'),
      DESTINATION_COUNTRY: text('destination', 'country'),
      DESTINATION_POSTAL_CODE: text('destination', 'postal_code'),
      REGION: event.region,
      RECIPIENT_NAME: text('recipient', 'name'),
      RECIPIENT_PHONE: text('recipient', 'phone'),
      RECIPIENT_EMAIL: text('recipient', 'email'),
      PROMISED_AT: time(event.promisedAt),
      WEIGHT_KG: money(event.weight, GRAMS),
      EXCEPTION_REASON: event.exceptionReason,
    });
  });
  return { schema: 'SILVER', name: 'SHIPMENTS_EVENTS', key: ['EVENT_ID'], rows };
}
