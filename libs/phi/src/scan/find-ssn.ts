import type { Context } from './context-words';
import { matchAt } from './match-at';

const HYPHENS = /\d{3}-\d{2}-\d{4}(?![^\W_]|-\w)/y;
const SPACES = /\d{3} \d{2} \d{4}(?![^\W_]| \d)/y;
/** Where words say that it is one. */
const SAID = /\d{3}([-. /]?)\d{2}\1\d{4}(?![^\W_]|[-.]\d)/y;

/**
 * A US Social Security number at an index: alone with hyphens or spaces, or in any form where words say so.
 * @returns where it ends; undefined: there is none
 */
export function ssnAt(text: string, start: number, context: () => Context | undefined): number | undefined {
  const before = text[start - 1];
  if (before !== '-' && before !== '.' && before !== '/') {
    const found = matchAt(HYPHENS, text, start);
    if (found !== undefined && isAssignable(found)) return start + found.length;
    const spaced = matchAt(SPACES, text, start);
    if (spaced !== undefined && isAssignable(spaced) && isSpaceFree(text, start) && context() !== 'other')
      return start + spaced.length;
  }
  const said = matchAt(SAID, text, start);
  if (said === undefined || !(isAssignable(said) || isTaxpayer(said)) || context() !== 'ssn')
    return undefined;
  return start + said.length;
}

/** No other number goes before it with a space: else these are three of many. */
function isSpaceFree(text: string, start: number): boolean {
  return !(text[start - 1] === ' ' && /\d/.test(text[start - 2] ?? ''));
}

/** No area 000, 666 or 900–999, no group 00, no serial 0000 (SSA, "Social Security Number Randomization"). */
function isAssignable(text: string): boolean {
  const digits = text.replace(/\D/g, '');
  const area = digits.slice(0, 3);
  return (
    area !== '000' &&
    area !== '666' &&
    area < '900' &&
    digits.slice(3, 5) !== '00' &&
    digits.slice(5) !== '0000'
  );
}

/** An ITIN: 9 first, and 50–65, 70–88, 90–92 or 94–99 as fourth and fifth (IRS, Internal Revenue Manual 3.21.263). */
function isTaxpayer(text: string): boolean {
  return /^9\d\d(?:5\d|6[0-5]|7\d|8[0-8]|9[0-24-9])/.test(text.replace(/\D/g, ''));
}
