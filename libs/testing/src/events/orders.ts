import type { OrdersEventsV1 } from '@contracts/brook-commerce';
import { someCustomer, type Customer } from './people';
import type { Random } from './random';
import type { EventSource } from './stream-events';

const MAX_OPEN_ORDERS = 500;
const NEXT: Readonly<Record<OrdersEventsV1['event_type'], readonly OrdersEventsV1['event_type'][]>> = {
  'order.created': ['order.paid', 'order.paid', 'order.paid', 'order.canceled'],
  'order.paid': ['order.shipped', 'order.shipped', 'order.shipped', 'order.refunded'],
  'order.shipped': [],
  'order.canceled': [],
  'order.refunded': [],
};

interface Order {
  readonly id: string;
  readonly customer: Customer;
  readonly currency: string;
  readonly items: OrdersEventsV1['items'];
  readonly address: string;
  readonly postalCode: string;
  readonly coupon: string | null;
  state: OrdersEventsV1['event_type'];
}

/** Orders that are created, paid, shipped, canceled and refunded, many at a time. */
export function ordersEvents(random: Random): EventSource {
  const open: Order[] = [];
  let count = 0;

  function create(): Order {
    const order: Order = {
      id: `ord_${String(count++).padStart(12, '0')}`,
      customer: someCustomer(random, 5_000),
      currency: random.pick(['EUR', 'USD', 'JPY', 'BRL']),
      items: Array.from({ length: 1 + random.below(2) }, () => ({
        sku: `SKU-${10_000 + random.below(90_000)}`,
        quantity: 1 + random.below(4),
        unit_price_usd: (100 + random.below(20_000)) / 100,
      })),
      address: `${1 + random.below(200)} Sample Street`,
      postalCode: String(10_000 + random.below(90_000)),
      coupon: random.chance(0.2) ? random.pick(['WELCOME10', 'SPRING', 'LOYAL5']) : null,
      state: 'order.created',
    };
    return order;
  }

  return {
    next() {
      const proceed = open.length >= MAX_OPEN_ORDERS || (open.length > 0 && random.chance(0.6));
      const order = proceed ? (open.splice(random.below(open.length), 1)[0] ?? create()) : create();
      if (proceed) order.state = random.pick(NEXT[order.state]);
      if (NEXT[order.state].length > 0) open.push(order);
      const { customer } = order;
      const total = order.items.reduce((sum, item) => sum + item.quantity * item.unit_price_usd, 0);
      return {
        key: order.id,
        type: order.state,
        body: {
          order_id: order.id,
          customer: { id: customer.id, email: customer.email, name: customer.name, phone: customer.phone },
          region: customer.region,
          currency: order.currency,
          total_usd: Math.round(total * 100) / 100,
          items: order.items,
          shipping_address: {
            line1: order.address,
            city: customer.city,
            postal_code: order.postalCode,
            country: customer.country,
          },
          coupon: order.coupon,
        },
        oddPlaces: [
          (text) => ({ coupon: text }),
          (text) => ({ items: order.items.map((item) => ({ ...item, sku: text })) }),
          (text) => ({ comment: text }),
        ],
      };
    },
  };
}
