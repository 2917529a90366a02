import { shipmentsEventsV1 } from '@contracts/brook-logistics';
import type { CollectorDeclaration } from '@das/collector';
import { das, version } from '../package.json';

export const shipmentsEvents: CollectorDeclaration = {
  name: 'shipments-events-collector',
  version,
  template: das.template,
  contracts: [shipmentsEventsV1],
};
