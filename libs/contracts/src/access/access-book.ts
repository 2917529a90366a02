import { ContractError, type Finding } from '../finding';
import { readYaml, type ContractText } from '../read-yaml';
import { maskingPolicies, rowAccessPolicies, type MaskingPolicies, type RowAccessPolicies } from './policies';
import { roleBook, type RoleBook } from './roles';

/** What holds for every contract: who there is, and how values and rows are kept from them. */
export interface AccessBook extends RoleBook {
  readonly masking: MaskingPolicies;
  readonly rowAccess: RowAccessPolicies;
}

/** Below `contracts/`. */
export const ACCESS_FILES = {
  roles: 'roles.yaml',
  masking: 'policies/masking.yaml',
  rowAccess: 'policies/row-access.yaml',
} as const;

/** @throws ContractError with everything that is wrong */
export function parseAccess(texts: Readonly<Record<keyof typeof ACCESS_FILES, ContractText>>): AccessBook {
  const roles = readYaml(texts.roles, roleBook);
  const masking = readYaml(texts.masking, maskingPolicies);
  const rowAccess = readYaml(texts.rowAccess, rowAccessPolicies);
  const findings: Finding[] = [roles, masking, rowAccess].flatMap((reading) =>
    'value' in reading ? [] : [...reading],
  );
  if (findings.length > 0 || !('value' in roles) || !('value' in masking) || !('value' in rowAccess))
    throw new ContractError(findings);
  return { ...roles.value, masking: masking.value, rowAccess: rowAccess.value };
}
