import { ordersEventsV1 } from '@contracts/brook-commerce';
import type { CollectorDeclaration } from '@das/collector';
import { das, version } from '../package.json';

export const ordersEvents: CollectorDeclaration = {
  name: 'orders-events-collector',
  version,
  template: das.template,
  contracts: [ordersEventsV1],
};
