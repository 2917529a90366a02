import fc from 'fast-check';
import { utcMs } from './utc-ms';

describe('utcMs', () => {
  it('is what Date.parse says of what toISOString writes', () => {
    const date = fc.date({ min: new Date('0000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(date, (one) => utcMs(one.toISOString()) === one.getTime()),
      { numRuns: 2_000 },
    );
  });

  it('is what Date.parse says of what is nearly that', () => {
    const text = fc
      .tuple(fc.nat({ max: 23 }), fc.constantFrom('0', '3', '9', ':', '-', 'T', 'Z', ' ', '.', 'x'))
      .map(([at, mark]) => {
        const good = '2026-02-28T23:59:59.999Z';
        return good.slice(0, at) + mark + good.slice(at + 1);
      });
    fc.assert(
      fc.property(text, (one) => Object.is(utcMs(one), Date.parse(one))),
      { numRuns: 2_000 },
    );
  });

  it.each([
    '2026-02-30T00:00:00.000Z',
    '2026-01-01T00:00:00Z',
    '2026-01-01T24:00:00.000Z',
    '2026-01-01T00:00:00+01:00',
    '',
  ])('leaves %j to Date.parse', (text) => {
    expect(utcMs(text)).toBe(Date.parse(text));
  });
});
