const ZERO = 0x30;

/**
 * Whether the digits pass the Luhn formula (ISO/IEC 7812-1, annex B).
 * @param start - what the sum begins with: the weight of digits that go before and are not written
 */
export function passesLuhn(digits: string, start = 0): boolean {
  let sum = start;
  let double = false;
  for (let i = digits.length - 1; i >= 0; i--) {
    let digit = digits.charCodeAt(i) - ZERO;
    if (double) {
      digit *= 2;
      if (digit > 9) digit -= 9;
    }
    sum += digit;
    double = !double;
  }
  return sum % 10 === 0;
}
