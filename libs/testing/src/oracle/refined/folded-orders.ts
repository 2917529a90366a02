import { by, greatest, groupBy } from './order-by';
import type { OrderEvent } from './orders-events';

/** From the beginning of an order's life to its end. */
const LIFECYCLE = ['order.created', 'order.paid', 'order.shipped', 'order.canceled', 'order.refunded'];

const rankOf = ({ eventType }: OrderEvent): number => LIFECYCLE.indexOf(eventType);

/** An order as its events tell it, in whatever order they came. */
export interface FoldedOrder {
  readonly orderId: string;
  readonly events: readonly OrderEvent[];
  /** created, paid, shipped, canceled or refunded: the furthest. */
  readonly state: string;
  /** Whose values the order has. */
  readonly latest: OrderEvent;
}

export function foldOrders(events: readonly OrderEvent[]): readonly FoldedOrder[] {
  const latest = by<OrderEvent>(
    (event) => event.happenedAt,
    rankOf,
    (event) => event.eventId,
  );
  return [...groupBy(events, (event) => event.orderId)].map(([orderId, own]) => ({
    orderId,
    events: own,
    state: greatest(own, by(rankOf)).eventType.slice('order.'.length),
    latest: greatest(own, latest),
  }));
}
