import type { z } from 'zod';
import { ContractError, type Finding } from '../finding';
import { readYaml, type ContractText } from '../read-yaml';
import {
  constraintPolicies,
  maskingPolicies,
  rowAccessPolicies,
  type ConstraintPolicies,
  type MaskingPolicies,
  type RowAccessPolicies,
} from './policies';
import { roleBook, type RoleBook } from './roles';

/** What holds for every contract: who there is, and how values and rows are kept from them. */
export interface AccessBook extends RoleBook {
  readonly masking: MaskingPolicies;
  readonly rowAccess: RowAccessPolicies;
  readonly constraints: ConstraintPolicies;
}

/** Below `contracts/`. */
export const ACCESS_FILES = {
  roles: 'roles.yaml',
  masking: 'policies/masking.yaml',
  rowAccess: 'policies/row-access.yaml',
  constraints: 'policies/constraints.yaml',
} as const;

/** @throws ContractError with everything that is wrong */
export function parseAccess(texts: Readonly<Record<keyof typeof ACCESS_FILES, ContractText>>): AccessBook {
  const findings: Finding[] = [];
  const read = <T extends z.ZodType>(name: keyof typeof ACCESS_FILES, schema: T): z.output<T> | undefined => {
    const reading = readYaml(texts[name], schema);
    if ('value' in reading) return reading.value;
    findings.push(...reading);
    return undefined;
  };
  const roles = read('roles', roleBook);
  const masking = read('masking', maskingPolicies);
  const rowAccess = read('rowAccess', rowAccessPolicies);
  const constraints = read('constraints', constraintPolicies);
  if (!roles || !masking || !rowAccess || !constraints) throw new ContractError(findings);
  return { ...roles, masking, rowAccess, constraints };
}
