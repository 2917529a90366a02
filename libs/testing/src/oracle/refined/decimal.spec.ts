import { decimalText, rescale, unitsOf } from './decimal';

describe('decimals', () => {
  it.each([
    // 1.005 in binary is 1.00499999999999989…
    ['1.005', 2, '1.01'],
    ['1.0049', 2, '1.00'],
    ['-1.005', 2, '-1.01'],
    ['-1.004', 2, '-1.00'],
    ['0.5', 0, '1'],
    ['129.9', 2, '129.90'],
    ['7', 4, '7.0000'],
    ['0.00005', 4, '0.0001'],
    ['5e-5', 4, '0.0001'],
    ['4.9e-5', 4, '0.0000'],
    ['1e2', 2, '100.00'],
    ['1.25E+1', 2, '12.50'],
    ['9999999999.995', 2, '10000000000.00'],
  ])('%s with %d digits is %s', (text, scale, rounded) => {
    expect(decimalText(unitsOf(text, scale), scale)).toBe(rounded);
  });

  it('rounds a product once', () => {
    // 3 × 0.3350 = 1.005
    expect(rescale(3n * unitsOf('0.335', 4), 4, 2)).toBe(101n);
  });

  it('takes no text for a number', () => {
    expect(() => unitsOf('12,5', 2)).toThrow('not a number');
  });
});
