/** `orders_events_v1` to `OrdersEventsV1`. */
export function typeName(stream: string): string {
  return stream.replace(/(^|_)([a-z0-9])/g, (_, __, letter: string) => letter.toUpperCase());
}

/** `orders_events_v1` to `ordersEventsV1`. */
export function constantName(stream: string): string {
  const name = typeName(stream);
  return name.charAt(0).toLowerCase() + name.slice(1);
}
