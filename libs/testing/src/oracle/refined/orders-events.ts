import { unitsOf } from './decimal';
import { money, sameJson, type ExpectedTable } from './expected-table';
import type { LandedEvent } from './landed-events';
import { silverRow, textAt } from './silver-columns';

interface OrderItem {
  readonly sku: string | null;
  readonly quantity: bigint;
  /** In units of 10^-4. */
  readonly unitPrice: bigint;
}

/** An order event with the values that GOLD folds. */
export interface OrderEvent extends LandedEvent {
  readonly orderId: string;
  readonly customerId: string;
  readonly email: string | null;
  readonly name: string | null;
  readonly phone: string | null;
  readonly region: string | null;
  readonly currency: string | null;
  /** In cents. */
  readonly total: bigint;
  readonly items: readonly OrderItem[];
  readonly line1: string | null;
  readonly city: string | null;
  readonly postalCode: string | null;
  readonly country: string | null;
  readonly coupon: string | null;
  readonly memberLinkToken: string | null;
}

export function orderEvent(event: LandedEvent): OrderEvent {
  const { payload } = event;
  const items = payload.items as readonly Readonly<Record<string, unknown>>[];
  return {
    ...event,
    orderId: textAt(payload, 'order_id') ?? '',
    customerId: textAt(payload, 'customer', 'id') ?? '',
    email: textAt(payload, 'customer', 'email'),
    name: textAt(payload, 'customer', 'name'),
    phone: textAt(payload, 'customer', 'phone'),
    region: textAt(payload, 'region'),
    currency: textAt(payload, 'currency'),
    total: unitsOf(textAt(payload, 'total_usd') ?? '', 2),
    items: items.map((item) => ({
      sku: textAt(item, 'sku'),
      quantity: unitsOf(textAt(item, 'quantity') ?? '', 0),
      unitPrice: unitsOf(textAt(item, 'unit_price_usd') ?? '', 4),
    })),
    line1: textAt(payload, 'shipping_address', 'line1'),
    city: textAt(payload, 'shipping_address', 'city'),
    postalCode: textAt(payload, 'shipping_address', 'postal_code'),
    country: textAt(payload, 'shipping_address', 'country'),
    coupon: textAt(payload, 'coupon'),
    memberLinkToken: event.linkTokens.member ?? null,
  };
}

export function expectedOrdersEvents(events: readonly OrderEvent[]): ExpectedTable {
  const rows = events.map((event) =>
    silverRow(event, {
      ORDER_ID: event.orderId,
      CUSTOMER_ID: event.customerId,
      CUSTOMER_EMAIL: event.email,
      CUSTOMER_NAME: event.name,
      CUSTOMER_PHONE: event.phone,
      REGION: event.region,
      CURRENCY: event.currency,
      TOTAL_USD: money(event.total, 2),
      ITEMS: sameJson(event.payload.items),
      SHIPPING_ADDRESS_LINE1: event.line1,
      SHIPPING_ADDRESS_CITY: event.city,
      SHIPPING_ADDRESS_POSTAL_CODE: event.postalCode,
      SHIPPING_ADDRESS_COUNTRY: event.country,
      COUPON: event.coupon,
      MEMBER_LINK_TOKEN: event.memberLinkToken,
    }),
  );
  return { schema: 'SILVER', name: 'ORDERS_EVENTS', key: ['EVENT_ID'], rows };
}
