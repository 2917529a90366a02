import { ordersEventsV1 } from '@contracts/brook-commerce';
import type { CollectorDeclaration } from '@das/collector';
import type { RegistryFormat } from '@das/schema-registry';

/** A collector of orders that come in another format; its table is the shipped one's. */
export function declarationOf(format: RegistryFormat, topic: string): CollectorDeclaration {
  const contract = {
    ...ordersEventsV1,
    source: { ...ordersEventsV1.source, topic, partitions: 2, format },
  };
  return { name: `orders-${format}-collector`, version: '1.0.0', contracts: [contract] };
}
