import { createHmac } from 'node:crypto';
import type { DataKey } from '@das/pipeline';
import * as fc from 'fast-check';
import { layerToken, makeToken, parseToken } from './token';

/** Generations of a key, the last one first. */
const generations = fc.array(fc.uint8Array({ minLength: 32, maxLength: 32 }), { minLength: 1, maxLength: 5 });

function chain(materials: readonly Uint8Array[]): readonly DataKey[] {
  const keys: DataKey[] = [];
  for (const [index, material] of materials.entries())
    keys.push({ id: `t.${index + 1}`, material, previous: keys.at(-1) });
  return keys;
}

describe('a token', () => {
  const [key] = chain([Buffer.alloc(32, 1)]) as [DataKey];

  it('is a keyed hash under the key’s id', () => {
    const mac = createHmac('sha256', key.material).update('email\0a@example.com').digest('base64url');
    expect(makeToken('tok', key, 'email\0a@example.com')).toBe(`tok.t.1.${mac}`);
    expect(mac).toHaveLength(43);
  });

  it('of any earlier generation becomes the one that the same value has now', () => {
    fc.assert(
      fc.property(generations, fc.string(), fc.constantFrom('tok', 'lnk'), (materials, value, prefix) => {
        const keys = chain(materials);
        const last = keys.at(-1)!;
        const now = makeToken(prefix, last, value);
        for (const former of keys) expect(layerToken(makeToken(prefix, former, value), last)).toBe(now);
        expect(parseToken(now)).toEqual({ prefix, keyId: last.id });
      }),
    );
  });

  it('is one value’s alone, in every generation', () => {
    fc.assert(
      fc.property(generations, fc.string(), fc.string(), (materials, one, other) => {
        fc.pre(one !== other);
        const last = chain(materials).at(-1)!;
        expect(makeToken('tok', last, one)).not.toBe(makeToken('tok', last, other));
      }),
    );
  });

  it.each([
    `tok.unknown.${'a'.repeat(43)}`,
    `tok.t.1.${'a'.repeat(42)}`,
    'tok.t.1',
    'a@example.com',
    `TOK.t.1.${'a'.repeat(43)}`,
  ])('is not what %s is', (text) => {
    expect(layerToken(text, key)).toBeUndefined();
  });
});
