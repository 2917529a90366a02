import fc from 'fast-check';
import { decimalText, doubleText, floatText, signedBytes } from './number-text';

describe('numbers as text', () => {
  it('of doubles give the same double back, the sign of zero too', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(Object.is(JSON.parse(doubleText(value)), value)).toBe(true);
      }),
    );
    expect([NaN, Infinity, -Infinity].map(doubleText)).toEqual(['"NaN"', '"Infinity"', '"-Infinity"']);
  });

  it('of floats give the same float back, in the fewest digits', () => {
    fc.assert(
      fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const read = JSON.parse(floatText(value)) as number;
        expect(Object.is(Math.fround(read), value)).toBe(true);
      }),
    );
    expect([0.1, 16777216, 3.4028235e38, 1e-45].map((value) => floatText(Math.fround(value)))).toEqual([
      '0.1',
      '16777216',
      '3.4028234663852886e+38',
      '1.4013e-45',
    ]);
  });

  it('of decimals keep every digit and the scale', () => {
    fc.assert(
      fc.property(
        fc.bigInt(-(10n ** 40n), 10n ** 40n),
        fc.integer({ min: 0, max: 50 }),
        (unscaled, scale) => {
          const text = decimalText(unscaled, scale);
          expect(text).toMatch(/^-?(0|[1-9]\d*)(\.\d+)?$/);
          expect((text.split('.')[1] ?? '').length).toBe(scale);
          expect(BigInt(text.replace('.', ''))).toBe(unscaled);
        },
      ),
    );
    expect([decimalText(-5n, 2), decimalText(1230n, 2), decimalText(0n, 3), decimalText(7n, -2)]).toEqual([
      '-0.05',
      '12.30',
      '0.000',
      '700',
    ]);
  });

  it('of two’s complement are read whatever their length', () => {
    fc.assert(
      fc.property(
        fc.bigInt(-(2n ** 127n), 2n ** 127n - 1n),
        fc.integer({ min: 16, max: 20 }),
        (value, length) => {
          const hex = BigInt.asUintN(length * 8, value)
            .toString(16)
            .padStart(length * 2, '0');
          expect(signedBytes(Buffer.from(hex, 'hex'))).toBe(value);
        },
      ),
    );
    expect(signedBytes(Buffer.alloc(0))).toBe(0n);
  });
});
