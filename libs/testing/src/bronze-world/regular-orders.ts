import type { OrdersEventsV1 } from '@contracts/brook-commerce';
import type { Random } from '../events/random';
import type { EventSource } from '../events/stream-events';
import { decimalText, rescale, unitsOf } from '../oracle/refined/decimal';
import { Regulars } from './regulars';

type Step = OrdersEventsV1['event_type'];
const NEXT: Readonly<Record<Step, readonly Step[]>> = {
  'order.created': ['order.paid', 'order.paid', 'order.paid', 'order.canceled'],
  'order.paid': ['order.shipped', 'order.shipped', 'order.refunded'],
  'order.shipped': ['order.refunded'],
  'order.canceled': [],
  'order.refunded': [],
};
/** Prices that a contract takes and binary floating point does not hold: halves, and more digits than the column. */
const ODD_PRICES = [0.335, 1.005, 2.675, 0.00005, 10.00495, 1e-7, 100];
const COUPONS = [{ coupon: null }, {}, { coupon: '' }, { coupon: 'WELCOME10' }, { coupon: 'SPRING' }];

interface Order {
  readonly id: string;
  readonly customer: number;
  readonly line1: string;
  items: OrdersEventsV1['items'];
  step: Step;
}

/** Orders of customers who come again; what an order is may change with each of its events. */
export function regularOrders(random: Random, size: number): EventSource {
  const regulars = new Regulars(random, Math.max(5, Math.floor(size / 50)));
  const mostOpen = Math.max(20, Math.floor(size / 200));
  const open: Order[] = [];
  let count = 0;

  function items(): Order['items'] {
    return Array.from({ length: 1 + random.below(random.chance(0.02) ? 40 : 3) }, () => ({
      sku: `SKU-${10_000 + random.below(90_000)}`,
      quantity: 1 + random.below(4),
      unit_price_usd: random.chance(0.05) ? random.pick(ODD_PRICES) : (100 + random.below(20_000)) / 100,
    }));
  }

  function step(): Order {
    const proceeds = open.length >= mostOpen || (open.length > 0 && random.chance(0.6));
    const known = proceeds ? open.splice(random.below(open.length), 1)[0] : undefined;
    if (known === undefined) {
      const id = `ord_${String(count++).padStart(12, '0')}`;
      const line1 = `${1 + random.below(200)} Sample Street`;
      return { id, customer: regulars.pick(), line1, items: items(), step: 'order.created' };
    }
    known.step = random.pick(NEXT[known.step]);
    if (random.chance(0.1)) known.items = random.chance(0.5) ? items() : [...known.items].reverse();
    return known;
  }

  return {
    next() {
      const order = step();
      if (NEXT[order.step].length > 0) open.push(order);
      const { id, profile } = regulars.seen(order.customer);
      return {
        key: order.id,
        type: order.step,
        body: {
          order_id: order.id,
          customer: { id, email: profile.email, name: profile.name, phone: profile.phone },
          region: profile.region,
          currency: random.pick(['EUR', 'USD', 'JPY', 'BRL']),
          total_usd: totalOf(order.items, random.chance(0.05)),
          items: order.items,
          shipping_address: {
            line1: order.line1,
            city: 'Sampletown',
            postal_code: String(10_000 + random.below(90_000)),
            country: 'DE',
          },
          ...random.pick(COUPONS),
        },
        oddPlaces: [],
      };
    },
  };
}

/** The sum of the lines as they are rounded; with half a cent more, which rounds up where it is written as a decimal. */
function totalOf(items: Order['items'], halfMore: boolean): number {
  const cents = items
    .map((item) => rescale(BigInt(item.quantity) * unitsOf(String(item.unit_price_usd), 4), 4, 2))
    .reduce((sum, line) => sum + line, 0n);
  return Number(decimalText(cents * 10n + (halfMore ? 5n : 0n), 3));
}
