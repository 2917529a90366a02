import { widgetsEventsV1 } from '@contracts/brook-reference';
import type { CollectorDeclaration } from '@das/collector';
import { das, version } from '../package.json';

export const widgetsEvents: CollectorDeclaration = {
  name: 'reference-collector',
  version,
  template: das.template,
  contracts: [widgetsEventsV1],
};
