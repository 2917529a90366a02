import { encountersEventsV1 } from '@contracts/brook-health';
import type { CollectorDeclaration } from '@das/collector';
import { das, version } from '../package.json';

export const encountersEvents: CollectorDeclaration = {
  name: 'encounters-events-collector',
  version,
  template: das.template,
  contracts: [encountersEventsV1],
};
