import Ajv from 'ajv/dist/2020';
import fc from 'fast-check';
import { addStringLengths } from './string-lengths';

function pair(schema: object) {
  const [plain, quick] = [new Ajv(), new Ajv()];
  addStringLengths(quick);
  return { plain: plain.compile(schema), quick: quick.compile(schema) };
}

describe('string lengths', () => {
  it.each(['minLength', 'maxLength'])('%s counts code points as the library does', (keyword) => {
    const strings = fc.string({ unit: fc.constantFrom('a', 'ä', '😀', '\ud800', '\udc00'), maxLength: 12 });
    for (const limit of [0, 1, 2, 5]) {
      const { plain, quick } = pair({ type: 'string', [keyword]: limit });
      fc.assert(fc.property(strings, (one) => quick(one) === plain(one)));
    }
  });

  it('name the keyword that was broken', () => {
    const { quick } = pair({ type: 'string', maxLength: 2 });
    expect(quick('abc')).toBe(false);
    expect(quick.errors).toMatchObject([{ keyword: 'maxLength', params: { limit: 2 } }]);
  });
});
