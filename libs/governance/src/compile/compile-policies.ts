import { declaredShares, governedTables, type AccessBook, type OdcsDocument } from '@das/contracts';
import { constraintPolicies } from './constraint-policies';
import { maskingPolicies } from './masking-policies';
import type { DomainPolicies } from './policy';
import { mappingTables, rowPolicies } from './row-policies';

/** The policies of each domain that has a contract. */
export function compilePolicies(
  documents: readonly OdcsDocument[],
  access: AccessBook,
): readonly DomainPolicies[] {
  const tables = governedTables(documents);
  const shares = declaredShares(documents);
  const domains = [...new Set(tables.map(({ domain }) => domain))].sort();
  return domains.map((domain) => {
    const own = tables.filter((table) => table.domain === domain);
    return {
      domain,
      database: own[0]?.database ?? '',
      policies: [...maskingPolicies(access, own), ...rowPolicies(access, own)],
      constraints: constraintPolicies(access),
      mappings: mappingTables(
        access,
        own,
        shares.filter((share) => share.domain === domain),
      ),
    };
  });
}
