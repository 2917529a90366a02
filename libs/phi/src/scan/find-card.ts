import { passesLuhn } from './luhn';
import { isDigit, matchAt } from './match-at';

const ALONE = /\d{14,19}(?![\w]|[-.]\d)/y;
/** As cards print them: 4-4-4-4, 4-4-4-4-3, 4-6-5, 4-6-4, with the same separator. */
const PRINTED =
  /\d{4}([ -])(?:\d{4}\1\d{4}\1\d{4}(?:\1\d{3})?|\d{6}\1\d{4,5})(?![^\W_]|-\d| \d{3,4}(?![\d/]))/y;
/** Where words say that it is one: groups of any size. */
const IN_ANY_GROUPS = /\d(?:[ -]?\d){11,18}(?![^\W_]|-\d)/y;

/**
 * First digits and lengths of issuers (ISO/IEC 7812-1 gives the structure; ranges as the networks publish them):
 * Visa, Mastercard, American Express, Diners, Discover, JCB, UnionPay, Mir.
 */
const ISSUERS: readonly RegExp[] = [
  /^4\d{15}$/,
  /^5[1-5]\d{14}$/,
  /^2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}$/,
  /^3[47]\d{13}$/,
  /^3(?:0[0-59]|[689]\d)\d{11}$/,
  /^6(?:011|4[4-9]\d|5\d\d)\d{12}$/,
  /^35(?:2[89]|[3-8]\d)\d{12}$/,
  /^62\d{14,17}$/,
  /^220[0-4]\d{12}$/,
];

/**
 * A payment card at an index: an issuer's range, its length, and the Luhn digit. Where the words before it say that
 * it is a card, any issuer (12 to 19 digits) and any grouping.
 * @param said - whether they do, asked only where it matters
 * @returns where it ends; undefined: there is none
 */
export function cardAt(text: string, start: number, said: () => boolean): number | undefined {
  const before = text[start - 1];
  if ((before === '-' || before === '.') && isDigit(text[start - 2])) return undefined;
  for (const form of [ALONE, PRINTED]) {
    const found = matchAt(form, text, start);
    if (found === undefined) continue;
    const digits = found.replace(/\D/g, '');
    if (ISSUERS.some((issuer) => issuer.test(digits)) && passesLuhn(digits)) return start + found.length;
  }
  const found = said() ? matchAt(IN_ANY_GROUPS, text, start) : undefined;
  if (found === undefined || !passesLuhn(found.replace(/\D/g, ''))) return undefined;
  return start + found.length;
}
