import { hash } from 'node:crypto';
import type { DataKey, KeyProvider, KeyPurpose } from '@das/pipeline';

/** A key for every purpose, the same in every run and another for each purpose. */
export function testKeys(): KeyProvider {
  const keys = new Map<KeyPurpose, DataKey>();
  const current = (purpose: KeyPurpose): DataKey => {
    const known = keys.get(purpose);
    if (known !== undefined) return known;
    const made: DataKey = { id: 'test-1', material: Buffer.from(hash('sha256', purpose, 'hex'), 'hex') };
    keys.set(purpose, made);
    return made;
  };
  return {
    current,
    find: (purpose, id) => (current(purpose).id === id ? current(purpose) : undefined),
  };
}
