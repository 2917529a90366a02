import { flag, money, time, whole, type ExpectedTable } from './expected-table';
import type { FoldedOrder } from './folded-orders';
import { greatestOf, smallestOf } from './order-by';

export function expectedOrders(orders: readonly FoldedOrder[]): ExpectedTable {
  const rows = orders.map(({ orderId, events, state, latest }) => {
    const times = events.map((event) => event.happenedAt);
    const first = (type: string): string | null =>
      time(smallestOf(events.filter((event) => event.eventType === type).map((event) => event.happenedAt)));
    return {
      ORDER_ID: orderId,
      STATE: state,
      CUSTOMER_ID: latest.customerId,
      CUSTOMER_EMAIL: latest.email,
      CUSTOMER_NAME: latest.name,
      CUSTOMER_PHONE: latest.phone,
      REGION: latest.region,
      PAID_CURRENCY: latest.currency,
      TOTAL_USD: money(latest.total, 2),
      COUPON: latest.coupon,
      SHIPPING_LINE1: latest.line1,
      SHIPPING_CITY: latest.city,
      SHIPPING_POSTAL_CODE: latest.postalCode,
      SHIPPING_COUNTRY: latest.country,
      CREATED_AT: first('order.created'),
      PAID_AT: first('order.paid'),
      SHIPPED_AT: first('order.shipped'),
      CANCELED_AT: first('order.canceled'),
      REFUNDED_AT: first('order.refunded'),
      LINE_COUNT: whole(latest.items.length),
      FIRST_EVENT_AT: time(smallestOf(times)),
      LAST_EVENT_AT: time(greatestOf(times)),
      EVENT_COUNT: whole(events.length),
      HAS_LATE_EVENTS: flag(events.some((event) => event.isLate)),
    };
  });
  return { schema: 'GOLD', name: 'ORDERS', key: ['ORDER_ID'], rows };
}
