import type { Context } from './context-words';
import { matchAt } from './match-at';

const MONTH =
  '(?:jan|feb|fev|mar|apr|abr|avr|may|mai|jun|juin|jul|juil|aug|ago|aout|sep|set|okt|oct|out|nov|dez|dec|dic|ene|gen|mag|giu|lug|ott|mrt|maa|mei)[a-z]*';
const FORMS: readonly RegExp[] = [
  // 1984-05-03, also with a time after it
  /(?:19|20)\d{2}([-/.])(?:0?[1-9]|1[0-2])\1(?:0?[1-9]|[12]\d|3[01])(?![\d]|[-/.]\d)/y,
  // 03.05.1984, 5/3/84
  /(?:0?[1-9]|[12]\d|3[01])([-/.])(?:0?[1-9]|[12]\d|3[01])\1(?:(?:19|20)\d{2}|\d{2})(?![\d]|[-/.]\d)/y,
  // 3 May 1984, 3. Mai 1984, 3 de mayo de 1984, 03-May-1984
  new RegExp(
    `(?:0?[1-9]|[12]\\d|3[01])(?:st|nd|rd|th|er|º)?\\.?[ -](?:de |of )?${MONTH}\\.?,?[ -](?:de |del )?(?:19|20)\\d{2}(?!\\d)`,
    'iy',
  ),
  // 1984年5月3日
  /(?:19|20)\d{2} ?[年년] ?\d{1,2} ?[月월] ?\d{1,2} ?[日일]/y,
];
/** The rest of `May 3, 1984`, and of `昭和59年5月3日`. */
const AFTER_MONTH = /(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?,? (?:19|20)\d{2}(?!\d)/y;
const MONTH_BEFORE = new RegExp(`(?<![a-z])${MONTH}\\.? $`, 'i');
const AFTER_ERA = /\d{1,2}年\d{1,2}月\d{1,2}日/y;
const ERA_BEFORE = /(?:明治|大正|昭和|平成|令和)$/;
const COMPACT = /(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?![^\W_])/y;
const BORN_AFTER = /^ ?(?:生|출생)/;
const LONGEST_WORD = 12;

export interface FoundDate {
  readonly end: number;
  /** The words around it say that somebody was born then. */
  readonly isBirth: boolean;
}

/** A date at an index, of birth or not: what is a date is no other number. */
export function dateAt(
  text: string,
  start: number,
  contextFrom: (start: number) => Context | undefined,
): FoundDate | undefined {
  for (const form of FORMS) {
    const found = matchAt(form, text, start);
    if (found !== undefined) return judged(text, start, found, contextFrom(start));
  }
  if (start > 0) {
    const before = text.slice(Math.max(0, start - LONGEST_WORD), start);
    const dayAndYear = matchAt(AFTER_MONTH, text, start);
    const month = dayAndYear === undefined ? undefined : MONTH_BEFORE.exec(before)?.[0];
    if (dayAndYear !== undefined && month !== undefined)
      return judged(text, start, dayAndYear, contextFrom(start - month.length));
    const ofEra = ERA_BEFORE.test(before) ? matchAt(AFTER_ERA, text, start) : undefined;
    if (ofEra !== undefined) return judged(text, start, ofEra, contextFrom(start - 2));
  }
  // Eight digits may be anything: a date only where somebody says so.
  const compact = matchAt(COMPACT, text, start);
  if (compact === undefined || contextFrom(start) !== 'date_of_birth') return undefined;
  return { end: start + compact.length, isBirth: true };
}

function judged(text: string, start: number, found: string, context: Context | undefined): FoundDate {
  const end = start + found.length;
  return { end, isBirth: context === 'date_of_birth' || BORN_AFTER.test(text.slice(end, end + 3)) };
}
