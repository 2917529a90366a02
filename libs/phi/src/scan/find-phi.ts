import { contextOfName } from './context';
import type { Context } from './context-words';
import { decodingsOf } from './decoded';
import { hasEmail } from './find-email';
import { findNumbers } from './find-numbers';
import type { ScanKind } from './kinds';
import { AT, BACKSLASH, BASE64, DIGITS, lookAt, ODD, PERCENT } from './look';
import { plainText } from './plain-text';

/** Encodings within encodings, as deep as they are undone. */
const MAX_LAYERS = 3;
/** Here, since an import is looked up at each use. */
const [HAS_AT, HAS_DIGITS, IS_ODD, HAS_BASE64] = [AT, DIGITS, ODD, BASE64];
const ENCODED = PERCENT | BACKSLASH | BASE64;

/**
 * The kinds of PHI that a text holds by its form and its words, also percent-encoded (twice), in base64 (once), or
 * with the escapes of JSON within JSON.
 * @param ofName - what the name of the property that holds it says
 * @param decoded - gets every text that was decoded from it
 */
export function findKinds(
  text: string,
  ofName: Context | undefined,
  found: Set<ScanKind>,
  decoded?: string[],
): void {
  look(text, ofName, found, decoded, MAX_LAYERS, true);
}

function look(
  sent: string,
  ofName: Context | undefined,
  found: Set<ScanKind>,
  decoded: string[] | undefined,
  layers: number,
  base64Too: boolean,
): void {
  let text = sent;
  let what = lookAt(text);
  if ((what & IS_ODD) !== 0) {
    text = plainText(text);
    what = lookAt(text) & ~IS_ODD;
  }
  if (what === 0) return;
  if ((what & HAS_AT) !== 0 && hasEmail(text)) found.add('email');
  if ((what & HAS_DIGITS) !== 0) findNumbers(text, ofName, found);
  if ((what & ENCODED) === 0 || layers === 0) return;
  for (const inner of decodingsOf(text, what, base64Too)) {
    decoded?.push(inner);
    // What base64 gave is not decoded so again: a text would grow work with every layer.
    look(inner, ofName, found, decoded, layers - 1, base64Too && (what & HAS_BASE64) === 0);
  }
}

/** The kinds in one text under a name: what the corpus is measured with. */
export function findPhi(text: string, name?: string): readonly ScanKind[] {
  const found = new Set<ScanKind>();
  findKinds(text, name === undefined ? undefined : contextOfName(name), found);
  return [...found];
}
