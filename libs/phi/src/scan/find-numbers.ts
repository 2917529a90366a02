import { contextAt } from './context';
import type { Context } from './context-words';
import { dateAt } from './find-birth-date';
import { cardAt } from './find-card';
import { phoneAt } from './find-phone';
import { ssnAt } from './find-ssn';
import type { ScanKind } from './kinds';
import { passesLuhn } from './luhn';
import { matchAt } from './match-at';

/** What the prefix 80840 adds to the Luhn sum of a National Provider Identifier (45 CFR 162.406, CMS). */
const NPI_PREFIX_SUM = 24;
const NPI = /[12]\d{9}(?![^\W_])/y;
/** A record number: a few letters perhaps, then digits in one or more groups. */
const RECORD_NUMBER = /[a-z]{0,4}[-.]?\d[\da-z]*(?:[-./]\d[\da-z]*){0,4}(?![a-z\d])/iy;
const MIN_RECORD_DIGITS = 4;
/** Without words that say so. */
const SHORTEST_CARD = 14;
const MAX_RECORD_NUMBER = 24;
/** How many marks of a record number may go before its first digit. */
const RECORD_PREFIX = 5;
const ACCOUNT_REST = /\d{2}(?: ?[\dA-Z]{4}){2,7}(?: ?[\dA-Z]{1,3})?(?!\w)/y;

/** Adds the kinds of the numbers and dates in a text. Looks at each digit a bounded number of times. */
export function findNumbers(text: string, ofName: Context | undefined, found: Set<ScanKind>): void {
  const { length } = text;
  let at = 0;
  while (at < length) {
    const code = text.charCodeAt(at);
    const begins = isDigit(code) || ((code === PLUS || code === BRACKET) && isDigit(text.charCodeAt(at + 1)));
    at = begins ? (numberAt(text, at, ofName, found) ?? afterRun(text, at)) : at + 1;
  }
}

/** Past the digits that begin here, or past the sign before them. */
function afterRun(text: string, at: number): number {
  let end = at + 1;
  if (isDigit(text.charCodeAt(at))) while (isDigit(text.charCodeAt(end))) end++;
  return end;
}

/** What the number at an index is. @returns where it ends; undefined: nothing that is looked for */
function numberAt(
  text: string,
  start: number,
  ofName: Context | undefined,
  found: Set<ScanKind>,
): number | undefined {
  if (isInWord(text, start)) {
    return accountAt(text, start) ?? recordNumberAt(text, start, ofName, found);
  }
  const end = afterRun(text, start);
  const run = isDigit(text.charCodeAt(start)) ? end - start : 0;
  if (run > 0 && isAlone(text, end, run)) {
    // One run of digits: but for a card, only words can tell what it is.
    if (run < MIN_RECORD_DIGITS) return end;
    if (run < SHORTEST_CARD) {
      const context = contextAt(text, start, ofName);
      if (context === undefined || context === 'other') return end;
    }
  }
  // `evt_4111111111111111`: by itself as likely an id.
  const isPartOfId = run >= SHORTEST_CARD && text.charCodeAt(start - 1) === UNDERSCORE;
  if (isPartOfId && contextAt(text, start, ofName) !== 'card') return end;
  return anyNumberAt(text, start, run, ofName, found);
}

/** @param run - how many digits it begins with: most forms begin with a certain number of them */
function anyNumberAt(
  text: string,
  start: number,
  run: number,
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
  const isCardLike = run === 4 || run >= SHORTEST_CARD || (run > 0 && context() === 'card');
  const card = isCardLike ? cardAt(text, start, () => context() === 'card') : undefined;
  if (card !== undefined) return add(found, 'card', card);
  const ssn = run === 3 || run === 9 ? ssnAt(text, start, context) : undefined;
  if (ssn !== undefined) return add(found, 'ssn', ssn);
  const mayBeDate = (run > 0 && run <= 4) || run === 8;
  const date = mayBeDate
    ? dateAt(text, start, (from) => (from === start ? context() : contextAt(text, from, ofName)))
    : undefined;
  if (date !== undefined) {
    if (date.isBirth) found.add('date_of_birth');
    return date.end;
  }
  const npi = run === 10 ? matchAt(NPI, text, start) : undefined;
  if (npi !== undefined && passesLuhn(npi, NPI_PREFIX_SUM) && context() === 'npi')
    return add(found, 'npi', start + npi.length);
  const record = context() === 'mrn' ? recordNumberAt(text, start, ofName, found) : undefined;
  if (record !== undefined) return record;
  const phone = phoneAt(text, start, context);
  return phone === undefined ? undefined : add(found, 'phone', phone);
}

/** Nothing follows that could continue a number or a date. */
function isAlone(text: string, end: number, length: number): boolean {
  const mark = text[end];
  // `May 3, 1984`
  if (mark === ',' && length < 3) return false;
  if (mark === undefined || mark === ',' || mark === ';' || mark === '"' || mark === '&') return true;
  if (mark === '_') return true;
  return mark === ' ' && !/[\d(A-Za-z]/.test(text[end + 1] ?? '');
}

function add(found: Set<ScanKind>, kind: ScanKind, end: number): number {
  found.add(kind);
  return end;
}

/** Letters of scripts that are written without spaces may go before a number as well, and so may `ssn_`. */
function isInWord(text: string, start: number): boolean {
  const code = text.charCodeAt(start - 1);
  return isLetter(code) || isDigit(code);
}

/** `DE89 3704 …`: an IBAN (ISO 13616), none of whose groups is anything by itself. */
function accountAt(text: string, start: number): number | undefined {
  if (!isUpper(text.charCodeAt(start - 1)) || !isUpper(text.charCodeAt(start - 2))) return undefined;
  if (isUpper(text.charCodeAt(start - 3))) return undefined;
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
  while (digits - start < RECORD_PREFIX && isJoined(text.charCodeAt(start - 1))) start--;
  while (start < digits && !isLetter(text.charCodeAt(start))) start++;
  // The letters before it may be its own, `A-1234567`, or the words, `MRN1234567`.
  for (const from of start === digits ? [digits] : [start, digits]) {
    if (contextAt(text, from, ofName) !== 'mrn') continue;
    const number = matchAt(RECORD_NUMBER, text, from);
    if (number === undefined || number.length > MAX_RECORD_NUMBER) continue;
    if (number.replace(/\D/g, '').length < MIN_RECORD_DIGITS) continue;
    return add(found, 'mrn', from + number.length);
  }
  return undefined;
}

const PLUS = 0x2b;
const BRACKET = 0x28;
const UNDERSCORE = 0x5f;

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function isUpper(code: number): boolean {
  return code >= 0x41 && code <= 0x5a;
}

function isLetter(code: number): boolean {
  return isUpper(code) || (code >= 0x61 && code <= 0x7a);
}

function isJoined(code: number): boolean {
  return isLetter(code) || code === 0x2d || code === 0x2e;
}
