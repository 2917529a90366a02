import { claimsFilesV1 } from '@contracts/brook-health';
import type { CollectorDeclaration } from '@das/collector';
import { das, version } from '../package.json';

export const claimsFiles: CollectorDeclaration = {
  name: 'claims-files-collector',
  version,
  template: das.template,
  contracts: [claimsFilesV1],
};
