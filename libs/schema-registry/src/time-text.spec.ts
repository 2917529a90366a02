import fc from 'fast-check';
import { dateText, timeOfDayText, timeStampText } from './time-text';

const YEAR_9999 = 253_402_300_799_999;
const YEAR_0 = -62_167_219_200_000;

describe('times as text', () => {
  it('keep every digit of every unit', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: YEAR_0, max: YEAR_9999 }),
        fc.integer({ min: 0, max: 999_999 }),
        (ms, nanos) => {
          const iso = new Date(ms).toISOString().slice(0, -1);
          expect(timeStampText(ms, 3)).toBe(iso);
          const micros = BigInt(ms) * 1_000n + BigInt(Math.floor(nanos / 1_000));
          expect(timeStampText(micros, 6)).toBe(iso + String(Math.floor(nanos / 1_000)).padStart(3, '0'));
          const all = BigInt(ms) * 1_000_000n + BigInt(nanos);
          expect(timeStampText(all, 9)).toBe(iso + String(nanos).padStart(6, '0'));
        },
      ),
    );
    expect(timeStampText(-1, 6)).toBe('1969-12-31T23:59:59.999999');
    expect([dateText(0), dateText(-1), dateText(20_781)]).toEqual(['1970-01-01', '1969-12-31', '2026-11-24']);
    expect([timeOfDayText(0, 3), timeOfDayText(86_399_999_999, 6)]).toEqual([
      '00:00:00.000',
      '23:59:59.999999',
    ]);
  });

  it.each([
    ['a year of five digits', () => timeStampText(YEAR_9999 + 1, 3)],
    ['a year below zero', () => timeStampText(YEAR_0 - 1, 3)],
    ['the largest long', () => timeStampText(2n ** 63n - 1n, 3)],
    ['the smallest int as a date', () => dateText(-0x80000000)],
    ['a day of 25 hours', () => timeOfDayText(86_400_000, 3)],
    ['a time before midnight', () => timeOfDayText(-1, 6)],
  ])('refuse %s', (_, act) => {
    expect(act).toThrow(expect.objectContaining({ reason: 'undecodable', rule: 'range' }) as Error);
  });
});
