import { consentsEventsV1 } from '@contracts/brook-health';
import type { CollectorDeclaration } from '@das/collector';
import { das, version } from '../package.json';

export const consentsEvents: CollectorDeclaration = {
  name: 'consents-events-collector',
  version,
  template: das.template,
  contracts: [consentsEventsV1],
};
