import { consentsEventsV1 } from '@contracts/brook-health';
import type { CollectorDeclaration } from '@das/collector';
import { version } from '../package.json';

export const consentsEvents: CollectorDeclaration = {
  name: 'consents-events-collector',
  version,
  contracts: [consentsEventsV1],
};
