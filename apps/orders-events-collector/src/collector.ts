import { ordersEventsV1 } from '@contracts/brook-commerce';
import type { CollectorDeclaration } from '@das/collector';
import { version } from '../package.json';

export const ordersEvents: CollectorDeclaration = {
  name: 'orders-events-collector',
  version,
  contracts: [ordersEventsV1],
};
