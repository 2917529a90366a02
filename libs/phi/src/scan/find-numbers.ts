import { contextAt, type Context } from './context';
import { dateAt } from './find-birth-date';
import { cardAt } from './find-card';
import { phoneAt } from './find-phone';
import { ssnAt } from './find-ssn';
import type { ScanKind } from './kinds';
import { passesLuhn } from './luhn';
import { isDigit, matchAt } from './match-at';

/** What the prefix 80840 adds to the Luhn sum of a National Provider Identifier (45 CFR 162.406, CMS). */
const NPI_PREFIX_SUM = 24;
const NPI = /[12]\d{9}(?!\w)/y;
/** A record number: a few letters perhaps, then digits in one or more groups. */
const RECORD_NUMBER = /[a-z]{0,4}[-.]?\d[\da-z]*(?:[-.\/]\d[\da-z]*){0,4}(?![a-z\d])/iy;
const MIN_RECORD_DIGITS = 4;
const MAX_RECORD_NUMBER = 24;
/** How many marks of a record number may go before its first digit. */
const RECORD_PREFIX = 5;
const ACCOUNT = /(?<![A-Z])[A-Z]{2}$/;
const ACCOUNT_REST = /\d{2}(?: ?[\dA-Z]{4}){2,7}(?: ?[\dA-Z]{1,3})?(?!\w)/y;

/** Adds the kinds of the numbers and dates in a text. Looks at each digit a bounded number of times. */
export function findNumbers(text: string, ofName: Context | undefined, found: Set<ScanKind>): void {
  let at = 0;
  while (at < text.length) {
    if (!beginsNumber(text, at)) {
      at++;
      continue;
    }
    at = numberAt(text, at, ofName, found) ?? afterRun(text, at);
  }
}

function beginsNumber(text: string, at: number): boolean {
  const mark = text[at];
  return isDigit(mark) || ((mark === '+' || mark === '(') && isDigit(text[at + 1]));
}

/** Past the digits that begin here, or past the sign before them. */
function afterRun(text: string, at: number): number {
  let end = at + 1;
  if (isDigit(text[at])) while (isDigit(text[end])) end++;
  return end;
}

/** What the number at an index is. @returns where it ends; undefined: nothing that is looked for */
function numberAt(
  text: string,
  start: number,
  ofName: Context | undefined,
  found: Set<ScanKind>,
): number | undefined {
  let asked = false;
  let answer: Context | undefined;
  const context = (): Context | undefined => {
    if (!asked) answer = contextAt(text, start, ofName);
    asked = true;
    return answer;
  };
  if (isInWord(text, start)) {
    return accountAt(text, start) ?? recordNumberAt(text, start, ofName, found);
  }
  const card = cardAt(text, start, () => context() === 'card');
  if (card !== undefined) return add(found, 'card', card);
  const ssn = ssnAt(text, start, context);
  if (ssn !== undefined) return add(found, 'ssn', ssn);
  const date = dateAt(text, start, (from) => (from === start ? context() : contextAt(text, from, ofName)));
  if (date !== undefined) {
    if (date.isBirth) found.add('date_of_birth');
    return date.end;
  }
  const npi = matchAt(NPI, text, start);
  if (npi !== undefined && passesLuhn(npi, NPI_PREFIX_SUM) && context() === 'npi')
    return add(found, 'npi', start + npi.length);
  const record = recordNumberAt(text, start, ofName, found);
  if (record !== undefined) return record;
  const phone = phoneAt(text, start, context);
  return phone === undefined ? undefined : add(found, 'phone', phone);
}

function add(found: Set<ScanKind>, kind: ScanKind, end: number): number {
  found.add(kind);
  return end;
}

/** Letters of scripts that are written without spaces go before a number as well. */
function isInWord(text: string, start: number): boolean {
  return /\w/.test(text[start - 1] ?? '');
}

/** `DE89 3704 …`: an IBAN (ISO 13616), none of whose groups is anything by itself. */
function accountAt(text: string, start: number): number | undefined {
  if (!ACCOUNT.test(text.slice(Math.max(0, start - 3), start))) return undefined;
  const rest = matchAt(ACCOUNT_REST, text, start);
  return rest === undefined ? undefined : start + rest.length;
}

function recordNumberAt(
  text: string,
  digits: number,
  ofName: Context | undefined,
  found: Set<ScanKind>,
): number | undefined {
  let start = digits;
  while (start > 0 && digits - start < RECORD_PREFIX && /[A-Za-z.-]/.test(text[start - 1] ?? '')) start--;
  while (start < digits && /[.-]/.test(text[start] ?? '')) start++;
  const number = matchAt(RECORD_NUMBER, text, start) ?? matchAt(RECORD_NUMBER, text, (start = digits));
  if (number === undefined || number.length > MAX_RECORD_NUMBER) return undefined;
  if (number.replace(/\D/g, '').length < MIN_RECORD_DIGITS) return undefined;
  if (contextAt(text, start, ofName) !== 'mrn') return undefined;
  return add(found, 'mrn', start + number.length);
}
