import { randomBytes } from 'node:crypto';
import type { Coordinates, KeyProvider } from '@das/pipeline';
import type { ClaimCheck } from './claim-check';
import { createSealer } from './sealer';
import { createUnsealer } from './unsealer';

const key = { id: 'k', material: randomBytes(32) };
const keys: KeyProvider = { current: () => key, find: (_purpose, id) => (id === key.id ? key : undefined) };
const coordinates: Coordinates = { source: 'kafka:t.v1', epoch: 1, partition: '0', position: '7' };
const record = { position: '7', key: null, value: Buffer.from('x'), timestampMs: undefined, headers: [] };

function claimsInMemory(): ClaimCheck & { readonly kept: Map<string, string> } {
  const kept = new Map<string, string>();
  return {
    kept,
    deposit: (sealed) => {
      kept.set('claim:1', sealed);
      return 'claim:1';
    },
    redeem: (reference) => kept.get(reference),
  };
}

describe('the unsealer', () => {
  it.each([0, 1_000_000])(
    'opens what was sealed, in its row or outside (inline up to %i bytes)',
    (maxInlineBytes) => {
      const claims = claimsInMemory();
      const sealed = createSealer({ keys, claims, maxInlineBytes }).seal(record, coordinates);
      expect(claims.kept.size).toBe(maxInlineBytes === 0 ? 1 : 0);
      expect(createUnsealer({ keys, claims }).unseal(sealed, coordinates).value).toEqual(record.value);
    },
  );

  it('tells a claim that is gone from claims that nobody named', () => {
    const gone = () => createUnsealer({ keys, claims: claimsInMemory() }).unseal('claim:1', coordinates);
    expect(gone).toThrow(expect.objectContaining({ kind: 'data', code: 'claim_missing' }) as Error);
    const unnamed = () => createUnsealer({ keys, claims: undefined }).unseal('claim:1', coordinates);
    expect(unnamed).toThrow(expect.objectContaining({ kind: 'setup', code: 'claim_dir_missing' }) as Error);
  });
});
