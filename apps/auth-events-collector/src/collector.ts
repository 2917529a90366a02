import { authEventsV1 } from '@contracts/brook-commerce';
import type { CollectorDeclaration } from '@das/collector';
import { version } from '../package.json';

export const authEvents: CollectorDeclaration = {
  name: 'auth-events-collector',
  version,
  contracts: [authEventsV1],
};
