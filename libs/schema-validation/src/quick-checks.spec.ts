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
  const dateTime = pair({ type: 'string', format: 'date-time' });

  it.each([
    ['2026-02-28T23:59:59Z', true],
    ['2026-02-29T00:00:00Z', false],
    ['2028-02-29T00:00:00Z', true],
    ['2026-02-30T00:00:00Z', false],
    ['2026-04-31T00:00:00.5Z', false],
    ['2026-13-01T00:00:00Z', false],
    ['2026-01-00T00:00:00Z', false],
    ['2026-01-01T24:00:00Z', false],
    ['2026-01-01T00:60:00Z', false],
    ['2016-12-31T23:59:60Z', true],
    ['2026-01-01T00:00:00', false],
    ['2026-01-01t00:00:00z', true],
    ['2026-01-01T00:00:00+05:30', true],
    ['2026-01-01T00:00:00Z\n', false],
  ])('of the date-time %j: %s', (text, isOne) => {
    expect(dateTime.quick(text)).toBe(isOne);
    expect(dateTime.plain(text)).toBe(isOne);
  });

  it('judge dates as the library does', () => {
    const two = fc.integer({ min: 0, max: 99 }).map((n) => String(n).padStart(2, '0'));
    const text = fc
      .tuple(
        fc.constantFrom('2024', '2025', '2000'),
        two,
        two,
        two,
        two,
        two,
        fc.constantFrom('Z', 'z', '+01:00', ''),
      )
      .map(([y, mo, d, h, mi, s, zone]) => `${y}-${mo}-${d}T${h}:${mi}:${s}${zone}`);
    fc.assert(
      fc.property(text, (one) => dateTime.quick(one) === dateTime.plain(one)),
      { numRuns: 2_000 },
    );
  });

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
