import { encountersEventsV1 } from '@contracts/brook-health';
import type { CollectorDeclaration } from '@das/collector';
import { version } from '../package.json';

export const encountersEvents: CollectorDeclaration = {
  name: 'encounters-events-collector',
  version,
  contracts: [encountersEventsV1],
};
