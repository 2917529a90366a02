import type { ProtectedProperty, StreamContract } from '@das/contracts';
import type { KeyPurpose } from '@das/pipeline';

/** What a contract needs keys for, to protect its events; each purpose once. */
export function purposesOf({ domain, phi }: Pick<StreamContract, 'domain' | 'phi'>): readonly KeyPurpose[] {
  return [...new Set(phi.flatMap((property) => purposesOfProperty(property, domain)))];
}

function purposesOfProperty({ protect, link }: ProtectedProperty, domain: string): readonly KeyPurpose[] {
  const purposes: KeyPurpose[] = [];
  if (protect === 'tokenize') purposes.push(`token:${domain}`);
  if (protect === 'encrypt') purposes.push(`encrypt:${domain}`);
  if (link !== undefined) purposes.push('link');
  return purposes;
}
