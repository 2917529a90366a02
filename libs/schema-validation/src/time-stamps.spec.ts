import Ajv from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { addTimeStamps } from './time-stamps';

function compile(add: (ajv: Ajv) => unknown) {
  const ajv = new Ajv();
  add(ajv);
  return ajv.compile({ type: 'string', format: 'date-time' });
}

describe('a date-time', () => {
  const isTimeStamp = compile(addTimeStamps);
  const isDateTime = compile(addFormats);

  it.each([
    '2026-02-28T23:59:59Z',
    '2028-02-29T00:00:00Z',
    '2026-01-31T00:00:00.123456789Z',
    '2026-01-01T00:00:00+05:30',
    '0001-01-01T00:00:00Z',
    '0001-01-01T23:59:00+23:59',
    '9999-12-31T23:59:59.999Z',
    '9999-12-31T00:00:59-23:59',
  ])('that a column takes: %s', (text) => {
    expect([isTimeStamp(text), isDateTime(text)]).toEqual([true, true]);
    expect(Date.parse(text)).not.toBeNaN();
  });

  it.each([
    '2026-02-29T00:00:00Z',
    '2026-02-30T00:00:00Z',
    '2100-02-29T00:00:00Z',
    '2026-04-31T00:00:00.5Z',
    '2026-13-01T00:00:00Z',
    '2026-01-00T00:00:00Z',
    '2026-01-01T24:00:00Z',
    '2026-01-01T00:60:00Z',
    '2026-01-01T00:00:00',
    '2026-01-01T00:00:00Z\n',
    '2026-01-01T00:00:00+24:00',
    'yesterday',
  ])('that is none: %j', (text) => {
    expect([isTimeStamp(text), isDateTime(text)]).toEqual([false, false]);
  });

  it.each([
    '2016-12-31T23:59:60Z',
    '2026-01-01t00:00:00z',
    '2026-01-01 00:00:00Z',
    '2026-01-01\u00a000:00:00Z',
    '2026-01-01T00:00:00+05',
    '2026-01-01T00:00:00+0530',
    '2026-01-01T00:00:00.1234567890Z',
    // Before and after all years of four digits, in UTC.
    '0000-12-31T23:59:59Z',
    '0001-01-01T00:00:00+00:01',
    '9999-12-31T23:59:00-00:01',
    // Its arithmetic of leap seconds makes 23:59 UTC of it.
    '2026-01-01T24:59:00+01:00',
  ])('that the library takes, and no column for sure: %j', (text) => {
    expect([isTimeStamp(text), isDateTime(text)]).toEqual([false, true]);
  });

  it('is otherwise what the library says', () => {
    const two = fc.integer({ min: 0, max: 60 }).map((n) => String(n).padStart(2, '0'));
    // The hour 24 is among the cases above.
    const hours = two.filter((hour) => hour !== '24');
    const seconds = fc.integer({ min: 0, max: 59 }).map((n) => String(n).padStart(2, '0'));
    const text = fc
      .tuple(
        fc.constantFrom('2024', '2025', '2000', '2100'),
        two,
        two,
        hours,
        two,
        seconds,
        fc.constantFrom('Z', '+01:00', ''),
      )
      .map(([y, mo, d, h, mi, s, zone]) => `${y}-${mo}-${d}T${h}:${mi}:${s}${zone}`);
    fc.assert(
      fc.property(text, (one) => isTimeStamp(one) === isDateTime(one)),
      { numRuns: 3_000 },
    );
  });
});
