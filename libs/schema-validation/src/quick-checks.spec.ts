import Ajv from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { addQuickChecks } from './quick-checks';

function pair(schema: object) {
  const [plain, quick] = [new Ajv(), new Ajv()];
  addFormats(plain);
  addFormats(quick);
  addQuickChecks(quick);
  return { plain: plain.compile(schema), quick: quick.compile(schema) };
}

describe('quick checks', () => {
  it('count code points as the library does', () => {
    const strings = fc.string({ unit: fc.constantFrom('a', 'ä', '😀', '\ud800', '\udc00'), maxLength: 12 });
    for (const limit of [0, 1, 2, 5]) {
      for (const keyword of ['minLength', 'maxLength']) {
        const { plain, quick } = pair({ type: 'string', [keyword]: limit });
        fc.assert(fc.property(strings, (one) => quick(one) === plain(one)));
      }
    }
  });

  it('name the keyword that was broken', () => {
    const { quick } = pair({ type: 'string', maxLength: 2 });
    expect(quick('abc')).toBe(false);
    expect(quick.errors).toMatchObject([{ keyword: 'maxLength', params: { limit: 2 } }]);
  });
});
