const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const COMMA = 0x2c;
const SPACE = 0x20;

/**
 * Finds its way through the bytes of a JSON document that `parse` has accepted. No byte of a UTF-8 sequence of
 * several is an ASCII one, so what looks like a quote or a bracket is one.
 *
 * Each takes the position where something begins and returns the one just after it. @throws Error beyond the end,
 * which no document that was parsed has
 */

/** After white space. */
export function afterSpace(bytes: Uint8Array, at: number): number {
  let next = at;
  // Space, tab, line feed, carriage return: no other byte of a document is as low.
  while ((bytes[next] ?? beyond()) <= SPACE) next++;
  return next;
}

/** After a string, from its opening quote. */
export function afterString(bytes: Uint8Array, at: number): number {
  let next = at + 1;
  for (;;) {
    const byte = bytes[next] ?? beyond();
    if (byte === QUOTE) return next + 1;
    next += byte === BACKSLASH ? 2 : 1;
  }
}

/** After any value. */
export function afterValue(bytes: Uint8Array, at: number): number {
  const first = bytes[at];
  if (first === QUOTE) return afterString(bytes, at);
  if (first === OPEN_BRACE || first === OPEN_BRACKET) return afterBrackets(bytes, at);
  let next = at + 1;
  while (!endsScalar(bytes[next] ?? beyond())) next++;
  return next;
}

function afterBrackets(bytes: Uint8Array, at: number): number {
  let depth = 0;
  let next = at;
  for (;;) {
    const byte = bytes[next] ?? beyond();
    if (byte === QUOTE) {
      next = afterString(bytes, next);
      continue;
    }
    next++;
    if (byte === OPEN_BRACE || byte === OPEN_BRACKET) depth++;
    else if ((byte === CLOSE_BRACE || byte === CLOSE_BRACKET) && --depth === 0) return next;
  }
}

function endsScalar(byte: number): boolean {
  return byte === COMMA || byte === CLOSE_BRACE || byte === CLOSE_BRACKET || byte <= SPACE;
}

function beyond(): never {
  throw new Error('the document ends within a value');
}
