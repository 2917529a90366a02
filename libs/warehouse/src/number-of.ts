/** Every decimal of so many digits comes back from a double as it was. */
const EXACT_DIGITS = 15;

/** A number's text as a number, where that loses none of its digits; else the text. */
export function numberOf(text: string): number | string {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) return text;
  if (/^-?\d+$/.test(text)) return Number.isSafeInteger(value) ? value : text;
  if (/e/i.test(text)) return value;
  const digits = text.replace(/^-?0*\.?0*/, '').replace('.', '');
  return digits.length <= EXACT_DIGITS ? value : text;
}
