import { BoundedMap } from './bounded-map';
import { WORDS, type Context } from './context-words';

const CONTEXTS = WORDS.map(([context]) => context);
// One group for each context; Latin words end where letters do, other scripts have no such ends.
const ANY_WORD = new RegExp(WORDS.map(([, words]) => `(${words.map(bounded).join('|')})`).join('|'), 'gi');

function bounded(word: string): string {
  if (!/^[a-z(]/.test(word)) return word;
  return `(?<![a-z])${word}${word.endsWith('$') ? '' : '(?![a-z])'}`;
}

/** How far before a number its words may begin. */
const REACH = 56;
/** What ends the reach of a word: another number, another statement. */
const BREAK = /\d\d|[;|]|[.!?。] [A-Z]/;

/** The context of a number that starts at an index: the last words before it, or else what the value's name says. */
export function contextAt(text: string, start: number, ofName: Context | undefined): Context | undefined {
  if (start === 0) return ofName;
  const before = text.slice(Math.max(0, start - REACH), start);
  // A phone in a text that is called an order's number is a phone; the whole text may be that number.
  return (before.length <= SHORT ? ofPrefix(before) : lastContext(before)) ?? contextWithin(ofName);
}

/** What comes before the number in an id: `ord_`, `SKU-`. Producers use few, so each is judged once. */
const SHORT = 8;
const prefixes = new BoundedMap<string, Context>();

function ofPrefix(before: string): Context | undefined {
  return prefixes.get(before, lastContext);
}

function lastContext(before: string): Context | undefined {
  // `date_of_birth_`: of the same length, so what follows the word is still found by its index.
  const last = wordsIn(before.replaceAll('_', ' ')).at(-1);
  return last === undefined || BREAK.test(before.slice(last.end)) ? undefined : last.context;
}

interface Word {
  readonly context: Context | undefined;
  readonly end: number;
}

/** In a loop of `exec`: `matchAll` makes a new expression each time, which costs more than its search. */
function wordsIn(text: string): readonly Word[] {
  if (!LETTER.test(text)) return NO_WORDS;
  const words: Word[] = [];
  ANY_WORD.lastIndex = 0;
  for (let match = ANY_WORD.exec(text); match !== null; match = ANY_WORD.exec(text)) {
    const groups: readonly (string | undefined)[] = match.slice(1);
    const context = CONTEXTS[groups.findIndex((group) => group !== undefined)];
    words.push({ context, end: ANY_WORD.lastIndex });
  }
  return words;
}

const NO_WORDS: readonly Word[] = [];
/** Letters and the signs that stand for words. */
const LETTER = /[^\0-@[-`{-\x7f]/;

const MAX_NAME = 100;
const OF_A_NUMBER = /^(?: ?(?:no|nr|num|number|id|ref|code|key|s))*$/i;

/** What the name of a property says of its value: `patientSSN`, `birth_date`, `order-no`. */
export function contextOfName(name: string): Context | undefined {
  if (name.length > MAX_NAME) return undefined;
  const words = name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .replace(/[_.\-/:]+/g, ' ');
  let last: Context | undefined;
  let rest = '';
  for (const { context, end } of wordsIn(words)) {
    if (context === 'call') continue;
    last = context;
    rest = words.slice(end);
  }
  // `order_no` is a number of an order; what stands in `order_note`, the name does not say.
  return last === 'other' && !OF_A_NUMBER.test(rest) ? undefined : last;
}

/** What the name of something says of what is within it: an order's phone is a phone. */
export function contextWithin(ofName: Context | undefined): Context | undefined {
  return ofName === 'other' ? undefined : ofName;
}
