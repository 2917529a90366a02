import type { PhiKind, ProtectedProperty } from '@das/contracts';

/** Shorter values are found by chance. */
export const MIN_ECHO = 6;
/** Codes that many events share: to find one again says nothing of a person. */
const CODES: ReadonlySet<PhiKind> = new Set(['diagnosis', 'procedure']);
/** What producers write where they have no value. */
const LONGEST_PLACEHOLDER = 'not applicable'.length;
const PLACEHOLDER =
  /^(?:unknown|anonymous|undefined|missing|redacted|\[?redacted\]?|not (?:known|available|applicable|provided|given))$/i;

/** Whether to look for a protected value elsewhere. */
export function isTelling(value: string, { kind }: ProtectedProperty): boolean {
  if (value.length < MIN_ECHO || CODES.has(kind)) return false;
  if (value.length <= LONGEST_PLACEHOLDER && PLACEHOLDER.test(value)) return false;
  // A street with its number is somebody's; a city is everybody's.
  return kind !== 'address' || /\d/.test(value);
}

/**
 * The texts that hold a protected value: whole, as it was sent, and not within a longer word or number.
 * @param texts - what lands as it was sent
 */
export function findEchoes<T extends { readonly text: string }>(
  values: readonly string[],
  texts: readonly T[],
): readonly T[] {
  const needles = [...new Set(values.map((value) => value.slice(0, MAX_NEEDLE)))];
  const few = needles.length <= FEW ? needles : startedIn(texts, needles).slice(0, MOST);
  // One look for each value in all texts together: hardly any event has an echo.
  const suspects = texts.length * few.length <= FEW ? few : few.filter(includedIn(texts));
  if (suspects.length === 0) return [];
  const tries = { left: MOST_TRIES };
  return texts.filter(({ text }) => suspects.some((value) => holdsWhole(text, value, tries)));
}

/** Of a longer text so much is enough, and a hostile one costs no more. */
export const MAX_NEEDLE = 256;
const FEW = 16;
/** No event has so many protected values that begin like something else in it, unless it was made to. */
const MOST = 200;
/** How often a protected value may stand within longer words. An event that goes beyond was made to: an echo. */
const MOST_TRIES = 20_000;

function includedIn(texts: readonly { readonly text: string }[]): (value: string) => boolean {
  let all = '';
  for (const { text } of texts) all += `${text}\n`;
  return (value) => all.includes(value);
}

/** The values whose first characters are met in the texts: one pass, however many values there are. */
function startedIn(
  texts: readonly { readonly text: string }[],
  values: readonly string[],
): readonly string[] {
  const starts = new Set(values.map((value) => value.slice(0, MIN_ECHO)));
  const met = new Set<string>();
  for (const { text } of texts) {
    for (let at = 0; at + MIN_ECHO <= text.length; at++) {
      const start = text.slice(at, at + MIN_ECHO);
      if (starts.has(start)) met.add(start);
    }
  }
  return values.filter((value) => met.has(value.slice(0, MIN_ECHO)));
}

function holdsWhole(text: string, value: string, tries: { left: number }): boolean {
  for (let at = text.indexOf(value); at !== -1;) {
    if (tries.left-- <= 0) return true;
    const end = at + value.length;
    const begins = !(isWord(text, at - 1) && isWord(text, at));
    if (begins && (value.length === MAX_NEEDLE || !(isWord(text, end - 1) && isWord(text, end)))) return true;
    at = text.indexOf(value, nextStart(text, at));
  }
  return false;
}

/** Where a value may begin after an index: not within the word that is there, so a long word is passed at once. */
function nextStart(text: string, at: number): number {
  let next = at;
  while (isWord(text, next)) next++;
  return next === at ? at + 1 : next;
}

function isWord(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);
}
