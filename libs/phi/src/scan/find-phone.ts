import type { Context } from './context-words';
import { isDigit, matchAt } from './match-at';

/** `+` and up to 15 digits (ITU-T E.164), `(0)` as Europeans write it. */
const INTERNATIONAL = /\+\d{1,3}(?:[ ./-]?\(\d{1,4}\)[ ./-]?)?(?:[ ./-]{0,1}\d){4,14}(?![\d])/y;
const DOUBLE_ZERO = /00[1-9]\d{0,2}(?:[ ./-](?:\(0\)[ ./-]?)?\d{1,9}){1,6}(?![^\W_]|[-.]\d)/y;
/** Area and exchange begin with 2 to 9 (NANPA, numbering plan). */
const NORTH_AMERICA =
  /(?:1[ .-]?)?(?:\([2-9]\d{2}\) ?-?|[2-9]\d{2}([-./]))[2-9]\d{2}[ .-]?\d{4}(?![^\W_]|[-.]\d)/y;
const NORTH_AMERICA_DIGITS = /^1?[2-9]\d{2}[2-9]\d{6}$/;
/** National forms with the trunk prefix 0 that are hardly anything else, each after the regulator's plan. */
const TRUNK_ZERO: readonly RegExp[] = [
  // France: 0X XX XX XX XX
  /0[1-9]([ .-])\d{2}\1\d{2}\1\d{2}\1\d{2}(?![^\W_]|[ .-]\d)/y,
  // Japan: 0X-XXXX-XXXX, 0X0-XXXX-XXXX, 0120-XXX-XXX
  /0(?:\d-\d{4}-\d{4}|\d{2}-\d{3,4}-\d{4}|\d{3}-\d{2,3}-\d{3,4}|\d{4}-\d-\d{4})(?![^\W_]|-\d)/y,
  // United Kingdom: 020 XXXX XXXX, 0XXX XXX XXXX, 07XXX XXXXXX
  /0(?:2\d \d{4} \d{4}|[1-9]\d{2} \d{3} \d{4}|7\d{3} \d{6})(?![^\W_]| \d)/y,
  // Netherlands: 06 XXXXXXXX
  /06[ -]\d{8}(?![^\W_]|[ -]\d)/y,
  // Germany: area or mobile prefix, a slash, the number
  /0[1-9]\d{1,4}\/ ?\d{5,8}(?![^\W_]|[-./]\d)/y,
];
/** (0XXX) XXXXXX, as Germans, Dutch and Italians write an area. */
const AREA_IN_BRACKETS = /\(0\d{1,5}\) ?\d{2,9}(?:[ -]?\d{2,8})?(?![^\W_]|[-./]\d)/y;
/** (XX) 9XXXX-XXXX */
const BRAZIL = /\(\d{2}\) ?9?\d{4}[- ]\d{4}(?![^\W_])/y;
/** Where words say that it is one. */
const SAID = /[+(]?\d(?:[ ./()-]{0,2}\d){6,14}(?!\d)/y;
const LOOKS_LIKE_A_DATE = /^(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4})/;
const LOOKS_LIKE_AN_ADDRESS = /^\d{1,3}(?:\.\d{1,3}){3}$/;
/** What a number may be, by its first sign; any other digit begins a North American one. */
const NORTH_AMERICAN = [NORTH_AMERICA];
const FORMS: Readonly<Record<string, readonly RegExp[]>> = {
  '(': [NORTH_AMERICA, BRAZIL, AREA_IN_BRACKETS],
  '0': [DOUBLE_ZERO, ...TRUNK_ZERO],
};
const SHORTEST_NATIONAL = 9;
const DECIMAL = /^\+\d{1,3}\.\d{4,}/;

/**
 * A phone number at an index: international, North American, a national form, or any where words say so.
 * Numbers that words call something else (an order, a price) are none.
 * @returns where it ends; undefined: there is none
 */
export function phoneAt(text: string, start: number, context: () => Context | undefined): number | undefined {
  const before = text[start - 1];
  if (text[start] === '+') {
    const found = matchAt(INTERNATIONAL, text, start);
    return found !== undefined && isInternational(found) ? start + found.length : undefined;
  }
  // Part of a longer number.
  if ((before === '-' || before === '.' || before === '/') && isDigit(text[start - 2])) return undefined;
  for (const form of FORMS[text[start] ?? ''] ?? NORTH_AMERICAN) {
    const found = matchAt(form, text, start);
    if (found === undefined) continue;
    if (form === DOUBLE_ZERO && !isInternational(`+${found.slice(2)}`)) continue;
    if (form === AREA_IN_BRACKETS && found.replace(/\D/g, '').length < SHORTEST_NATIONAL) continue;
    return context() === 'other' ? undefined : start + found.length;
  }
  const said = context();
  const found = said === 'phone' || said === 'call' ? matchAt(SAID, text, start) : undefined;
  if (found === undefined || LOOKS_LIKE_A_DATE.test(found) || LOOKS_LIKE_AN_ADDRESS.test(found))
    return undefined;
  const digits = found.replace(/\D/g, '');
  const meant = said === 'phone' || (said === 'call' && NORTH_AMERICA_DIGITS.test(digits));
  return meant && !/^0+$/.test(digits) ? start + found.length : undefined;
}

/** Two-digit country codes; 1 and 7 are of one digit, all others of three (ITU, list of assigned codes). */
const TWO_DIGIT_CODES = new Set(
  '20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98'.split(
    ' ',
  ),
);
/** The others. */
const THREE_DIGIT_CODE =
  /^(?:21[1-36-8]|22\d|23\d|24\d|25[0-8]|26\d|29[01789]|35\d|37\d|38[0-35-79]|42[013]|50\d|59\d|67[02-9]|68[0-35-9]|69[0-2]|80[08]|85[02356]|87[08]|88[0-368]|96\d|97[0-79]|99[2-68])/;

function isInternational(text: string): boolean {
  if (DECIMAL.test(text)) return false;
  const digits = text.replace(/\(0\)/, '').replace(/\D/g, '');
  if (digits.length < 8 || digits.length > 15) return false;
  if (digits.startsWith('1')) return digits.length === 11 && NORTH_AMERICA_DIGITS.test(digits);
  if (digits.startsWith('7')) return digits.length === 11;
  return TWO_DIGIT_CODES.has(digits.slice(0, 2)) || THREE_DIGIT_CODE.test(digits);
}
