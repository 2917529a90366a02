/** What a text holds that makes it worth reading; a sum of the marks below. */
export type Look = number;
export const AT = 1;
export const DIGITS = 2;
export const PERCENT = 4;
export const BACKSLASH = 8;
export const BASE64 = 16;
/** Characters beyond ASCII: what else it holds shows once it is plain text. */
export const ODD = 32;

/** Fewer digits make no date and no number that is looked for. */
const MIN_DIGITS = 4;
/** The shortest text of interest, `a@b.example` or a date, fills so many characters of base64. */
export const MIN_BASE64 = 12;
/** The shortest address is `a@b.co`, the shortest date `1/1/84`; by their name alone, numbers of four digits. */
const MIN_LENGTH = 4;

const DIGIT = 1;
const UPPER = 2;
const LOWER = 3;
const BASE64_SIGN = 4;
const CLASS_AT = 5;
const CLASS_PERCENT = 6;
const CLASS_BACKSLASH = 7;
/** The class of each ASCII character. */
const CLASSES = new Uint8Array(128);
for (let code = 0x30; code <= 0x39; code++) CLASSES[code] = DIGIT;
for (let code = 0x41; code <= 0x5a; code++) CLASSES[code] = UPPER;
for (let code = 0x61; code <= 0x7a; code++) CLASSES[code] = LOWER;
for (const sign of '+/-_') CLASSES[sign.charCodeAt(0)] = BASE64_SIGN;
CLASSES[0x40] = CLASS_AT;
CLASSES[0x25] = CLASS_PERCENT;
CLASSES[0x5c] = CLASS_BACKSLASH;

/**
 * One pass over a text, so that ordinary text costs no more than that.
 * BASE64 says that some run of its alphabet is long enough and has both cases, as all but no encoded text lacks.
 */
export function lookAt(text: string): Look {
  const { length } = text;
  if (length < MIN_LENGTH) return 0;
  let look = 0;
  let digits = 0;
  let run = 0;
  let upper = false;
  let lower = false;
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i);
    if (code > 0x7f) {
      look |= ODD;
      run = 0;
      continue;
    }
    switch (CLASSES[code]) {
      case DIGIT:
        digits++;
        run++;
        continue;
      case UPPER:
        upper = true;
        run++;
        continue;
      case LOWER:
        lower = true;
        run++;
        continue;
      case BASE64_SIGN:
        run++;
        continue;
      case CLASS_AT:
        look |= AT;
        break;
      case CLASS_PERCENT:
        look |= PERCENT;
        break;
      case CLASS_BACKSLASH:
        look |= BACKSLASH;
        break;
      default:
    }
    if (run >= MIN_BASE64 && upper && lower) look |= BASE64;
    run = 0;
    upper = false;
    lower = false;
  }
  if (run >= MIN_BASE64 && upper && lower) look |= BASE64;
  return digits >= MIN_DIGITS ? look | DIGITS : look;
}
