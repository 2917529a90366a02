const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * The whole numbers of a JSON text that a double cannot hold digit for digit, by the double that a parser made of
 * them; several may have the same.
 */
export function rawNumbers(payload: Uint8Array): ReadonlyMap<number, readonly string[]> {
  const text = Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength).toString('latin1');
  const found = new Map<number, string[]>();
  for (let at = 0; at < text.length; at++) {
    if (text.charCodeAt(at) === QUOTE) at = endOfString(text, at);
    else if (isDigit(text.charCodeAt(at))) {
      const start = at;
      while (isPartOfNumber(text.charCodeAt(at + 1))) at++;
      note(found, text.slice(start, at + 1));
    }
  }
  return found;
}

function note(found: Map<number, string[]>, literal: string): void {
  const value = Number(literal);
  if (Number.isSafeInteger(value) || !/^\d+$/.test(literal)) return;
  const same = found.get(value);
  if (same === undefined) found.set(value, [literal]);
  else same.push(literal);
}

function endOfString(text: string, quote: number): number {
  let at = quote + 1;
  while (at < text.length && text.charCodeAt(at) !== QUOTE) at += text.charCodeAt(at) === BACKSLASH ? 2 : 1;
  return at;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** Digits, a point, an exponent with its sign. */
function isPartOfNumber(code: number): boolean {
  return isDigit(code) || code === 0x2e || code === 0x65 || code === 0x45 || code === 0x2b || code === 0x2d;
}
