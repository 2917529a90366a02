import type { ShipmentsEventsV1 } from '@contracts/brook-logistics';
import type { Random } from '../events/random';
import type { EventSource } from '../events/stream-events';
import { Regulars } from './regulars';

type Step = ShipmentsEventsV1['event_type'];
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const CARRIERS = ['northway', 'swiftpost', 'parceline'];
const SERVICES = ['economy', 'standard', 'express'] as const;
const REGIONS = ['EMEA', 'NA', 'APAC', 'LATAM'] as const;
/** What a contract takes and three digits do not hold: halves of a gram, and what binary floating point has not. */
const ODD_WEIGHTS = [0.0005, 1.0005, 2.0675, 1e-7, 0, 12.34567];
const REASONS = [
  { exception_reason: 'weather' },
  { exception_reason: 'recipient_absent' },
  { exception_reason: null },
  {},
];
const NEXT: Readonly<Record<Step, readonly Step[]>> = {
  'shipment.created': ['shipment.picked_up'],
  'shipment.picked_up': ['shipment.in_transit', 'shipment.out_for_delivery', 'shipment.delivered'],
  'shipment.in_transit': ['shipment.out_for_delivery', 'shipment.exception'],
  'shipment.out_for_delivery': ['shipment.delivered', 'shipment.delivered', 'shipment.exception'],
  'shipment.exception': ['shipment.out_for_delivery', 'shipment.exception', 'shipment.returned'],
  'shipment.delivered': ['shipment.returned'],
  'shipment.returned': [],
};

interface Shipment {
  readonly id: string;
  readonly order: string;
  readonly recipient: number;
  carrier: string;
  service: (typeof SERVICES)[number];
  promisedMs: number;
  step: Step;
}

/** Shipments of orders that have several; what a shipment is may change with each of its events, its carrier seldom. */
export function regularShipments(random: Random, size: number): EventSource {
  const recipients = new Regulars(random, Math.max(5, Math.floor(size / 50)));
  const mostOpen = Math.max(20, Math.floor(size / 200));
  const open: Shipment[] = [];
  let count = 0;

  function create(nowMs: number): Shipment {
    const id = String(count++).padStart(12, '0');
    return {
      id: `shp_${id}`,
      order: `ord_${random.below(Math.max(1, Math.floor(count * 0.6)))}`,
      recipient: recipients.pick(),
      carrier: random.pick(CARRIERS),
      service: random.pick(SERVICES),
      promisedMs: nowMs + random.below(22 * HOUR_MS) - 2 * HOUR_MS,
      // Of some the beginning never comes.
      step: random.chance(0.1) ? 'shipment.exception' : 'shipment.created',
    };
  }

  function step(nowMs: number): Shipment {
    const proceeds = open.length >= mostOpen || (open.length > 0 && random.chance(0.7));
    const known = proceeds ? open.splice(random.below(open.length), 1)[0] : undefined;
    if (known === undefined) return create(nowMs);
    known.step = random.pick(NEXT[known.step]);
    if (random.chance(0.2)) known.promisedMs += (random.below(48) - 12) * HOUR_MS;
    if (random.chance(0.03)) known.carrier = random.pick(CARRIERS);
    if (random.chance(0.03)) known.service = random.pick(SERVICES);
    return known;
  }

  /** Of some nothing is heard any more; what was delivered comes back now and then. */
  function goesOn({ step: reached }: Shipment): boolean {
    if (reached === 'shipment.delivered') return random.chance(0.1);
    return NEXT[reached].length > 0 && !random.chance(0.03);
  }

  return {
    next(nowMs) {
      const shipment = step(nowMs);
      if (goesOn(shipment)) open.push(shipment);
      const { profile } = recipients.seen(shipment.recipient);
      return {
        key: shipment.id,
        type: shipment.step,
        body: {
          shipment_id: shipment.id,
          order_id: shipment.order,
          carrier: shipment.carrier,
          service_level: shipment.service,
          origin: { region: random.pick(REGIONS), country: 'US', postal_code: random.pick(['021', null]) },
          // As it lands: of the postal code what may be told.
          destination: { country: 'US', postal_code: random.pick(['021', '000', '606', null]) },
          region: profile.region,
          recipient: {
            name: profile.name,
            ...(profile.phone !== undefined && { phone: profile.phone }),
            email: random.chance(0.1) ? null : profile.email,
          },
          promised_at: promise(shipment.promisedMs),
          weight_kg: random.chance(0.1) ? random.pick(ODD_WEIGHTS) : random.below(30_000) / 1_000,
          ...(shipment.step === 'shipment.exception' && random.pick(REASONS)),
        },
        oddPlaces: [],
      };
    },
  };

  /** Also to the second, and by another clock. */
  function promise(ms: number): string {
    const iso = new Date(ms).toISOString();
    if (random.chance(0.8)) return iso;
    if (random.chance(0.5)) return `${iso.slice(0, 19)}Z`;
    return `${new Date(ms + 2 * HOUR_MS).toISOString().slice(0, 23)}+02:00`;
  }
}
