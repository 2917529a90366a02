const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;

/** What the raw text of a JSON document tells that its parsed form does not. */
export interface JsonScan {
  /** Keys as written, repeated ones included. */
  readonly keys: number;
  readonly tooDeep: boolean;
  /** A line feed or carriage return between tokens. */
  readonly rawNewlines: boolean;
  /** Some string holds a `\\uD…` escape, so it may hold half a surrogate pair. */
  readonly surrogateEscapes: boolean;
}

/**
 * One pass over the bytes, before parsing. What it says holds for valid JSON only, except `tooDeep`, which
 * holds for any text. A quote can only open or close a string, since no UTF-8 sequence contains its byte.
 */
export function scanJson(bytes: Uint8Array, maxDepth: number): JsonScan {
  let keys = 0;
  let depth = 0;
  let tooDeep = false;
  let rawNewlines = false;
  let surrogateEscapes = false;
  const end = bytes.length;
  for (let i = 0; i < end; i++) {
    const byte = bytes[i];
    if (byte === QUOTE) {
      let inside = bytes[++i];
      while (inside !== QUOTE && i < end) {
        if (inside === BACKSLASH) {
          // `\uD8…`: the escape's first digit, in either case.
          if (bytes[i + 1] === 0x75 && (bytes[i + 2] === 0x64 || bytes[i + 2] === 0x44))
            surrogateEscapes = true;
          i++;
        }
        inside = bytes[++i];
      }
    } else if (byte === COLON) keys++;
    else if (byte === 0x7b || byte === 0x5b) {
      if (++depth > maxDepth) tooDeep = true;
    } else if (byte === 0x7d || byte === 0x5d) depth--;
    else if (byte === 0x0a || byte === 0x0d) rawNewlines = true;
  }
  return { keys, tooDeep, rawNewlines, surrogateEscapes };
}
