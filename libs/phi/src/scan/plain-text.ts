/** Dashes, hyphens and minus signs that are no hyphen-minus, after NFKC. */
const DASHES = /[\u2010-\u2015\u2212]/g;
/** Soft hyphens, zero-width characters, marks of writing direction, byte order marks, selectors of a glyph. */
const INVISIBLE = /\p{Cf}|\p{Variation_Selector}|\u034f/gu;
/** The long vowel of Japanese, which is typed for a hyphen. */
const LONG_VOWEL = /(?<=\d)\u30fc(?=\d)/g;
const LATIN_ACCENTED = /[\u00c0-\u024f\u1e00-\u1eff]/g;
const OTHER_DIGITS = /[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u09e6-\u09ef\u0e50-\u0e59]/g;

/**
 * The text in the characters that the detectors know: full-width and other scripts' digits as ASCII ones, every
 * hyphen and space as the plain one, no invisible characters, Latin letters without accents.
 */
export function plainText(text: string): string {
  return text
    .replace(INVISIBLE, '')
    .normalize('NFKC')
    .replace(DASHES, '-')
    .replace(OTHER_DIGITS, digitOf)
    .replace(LONG_VOWEL, '-')
    .replace(LATIN_ACCENTED, (letter) => letter.normalize('NFD').charAt(0));
}

/** Each of these scripts has its ten digits in a row, whose first ends in 0 or 6. */
function digitOf(mark: string): string {
  const last = mark.charCodeAt(0) & 0xf;
  return String(last >= 6 ? last - 6 : last);
}
