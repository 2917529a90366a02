import { rescale } from './decimal';
import { money, time, whole, type ExpectedTable } from './expected-table';
import type { FoldedOrder } from './folded-orders';
import { greatestOf } from './order-by';

export function expectedOrderLines(orders: readonly FoldedOrder[]): ExpectedTable {
  const rows = orders.flatMap(({ orderId, events, state, latest }) => {
    const lastEventAt = time(greatestOf(events.map((event) => event.happenedAt)));
    return latest.items.map(({ sku, quantity, unitPrice }, index) => ({
      ORDER_ID: orderId,
      LINE_NUMBER: whole(index + 1),
      SKU: sku,
      QUANTITY: whole(quantity),
      UNIT_PRICE_USD: money(unitPrice, 4),
      // Of the price as it is in the column beside it.
      LINE_TOTAL_USD: money(rescale(quantity * unitPrice, 4, 2), 2),
      CUSTOMER_ID: latest.customerId,
      REGION: latest.region,
      ORDER_STATE: state,
      LAST_EVENT_AT: lastEventAt,
    }));
  });
  return { schema: 'GOLD', name: 'ORDER_LINES', key: ['ORDER_ID', 'LINE_NUMBER'], rows };
}
