import { authEventsV1 } from '@contracts/brook-commerce';
import type { CollectorDeclaration } from '@das/collector';
import { das, version } from '../package.json';

export const authEvents: CollectorDeclaration = {
  name: 'auth-events-collector',
  version,
  template: das.template,
  contracts: [authEventsV1],
};
