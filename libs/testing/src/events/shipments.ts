import type { ShipmentsEventsV1 } from '@contracts/brook-logistics';
import { makeCustomer, type Customer } from './people';
import type { Random } from './random';
import type { EventSource } from './stream-events';

type Type = ShipmentsEventsV1['event_type'];
const HOUR_MS = 3_600_000;
const MOST_OPEN = 400;
const CARRIERS = ['northway', 'swiftpost', 'parceline', 'blue_freight'];
const SERVICES = ['economy', 'standard', 'express'] as const;
const PROMISED_HOURS = { economy: 240, standard: 96, express: 36 } as const;
const REASONS = ['recipient_absent', 'address_unknown', 'damaged', 'customs', 'weather'] as const;
/** ZIP codes whose first three digits name places of more than 20,000 people, and one (102) that does not. */
const ZIPS = ['02139', '10203', '94110-1234', '60601'];
const WAREHOUSES = [
  ['EMEA', 'NL'],
  ['NA', 'US'],
  ['APAC', 'SG'],
  ['LATAM', 'MX'],
] as const;
const NEXT: Readonly<Record<Type, readonly Type[]>> = {
  'shipment.created': ['shipment.picked_up'],
  'shipment.picked_up': ['shipment.in_transit'],
  'shipment.in_transit': ['shipment.in_transit', 'shipment.out_for_delivery', 'shipment.out_for_delivery'],
  'shipment.out_for_delivery': ['shipment.delivered', 'shipment.delivered', 'shipment.exception'],
  // What could not be handed over is tried again, or goes back.
  'shipment.exception': ['shipment.out_for_delivery', 'shipment.out_for_delivery', 'shipment.returned'],
  'shipment.delivered': [],
  'shipment.returned': [],
};

interface Shipment {
  readonly id: string;
  readonly order: string;
  readonly carrier: string;
  readonly service: ShipmentsEventsV1['service_level'];
  readonly origin: ShipmentsEventsV1['origin'];
  readonly recipient: Customer;
  readonly postalCode: string;
  readonly weight: number;
  promisedMs: number;
  step: Type;
}

/** Shipments of orders, from the warehouse to the door or back, many at a time. An order has one shipment, seldom two. */
export function shipmentsEvents(random: Random): EventSource {
  const open: Shipment[] = [];
  let [count, orders] = [0, 0];

  function create(nowMs: number): Shipment {
    const order = orders > 0 && random.chance(0.1) ? orders - 1 : orders++;
    const service = random.pick(SERVICES);
    const [region, country] = random.pick(WAREHOUSES);
    return {
      id: `shp_${String(count++).padStart(12, '0')}`,
      order: `ord_${String(order).padStart(12, '0')}`,
      carrier: random.pick(CARRIERS),
      service,
      origin: { region, country, postal_code: random.pick(ZIPS) },
      recipient: makeCustomer(random, random.below(5_000)),
      postalCode: random.pick(ZIPS),
      weight: (50 + random.below(30_000)) / 1_000,
      promisedMs: nowMs + PROMISED_HOURS[service] * HOUR_MS,
      step: 'shipment.created',
    };
  }

  function proceed(shipment: Shipment): Shipment {
    shipment.step = random.pick(NEXT[shipment.step]);
    if (shipment.step === 'shipment.exception') shipment.promisedMs += 24 * HOUR_MS;
    return shipment;
  }

  return {
    next(nowMs) {
      const proceeds = open.length >= MOST_OPEN || (open.length > 0 && random.chance(0.75));
      const known = proceeds ? open.splice(random.below(open.length), 1)[0] : undefined;
      const shipment = known === undefined ? create(nowMs) : proceed(known);
      if (NEXT[shipment.step].length > 0) open.push(shipment);
      const { name, phone, email, region, country } = shipment.recipient;
      return {
        key: shipment.id,
        type: shipment.step,
        body: {
          shipment_id: shipment.id,
          order_id: shipment.order,
          carrier: shipment.carrier,
          service_level: shipment.service,
          origin: shipment.origin,
          destination: { country, postal_code: shipment.postalCode },
          region,
          recipient: { name, phone, email },
          promised_at: new Date(shipment.promisedMs).toISOString(),
          weight_kg: shipment.weight,
          exception_reason: shipment.step === 'shipment.exception' ? random.pick(REASONS) : null,
        },
        oddPlaces: [(text) => ({ carrier: text }), (text) => ({ comment: text })],
      };
    },
  };
}
