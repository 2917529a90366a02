import { isUtf8 } from 'node:buffer';
import { BACKSLASH, BASE64, MIN_BASE64, PERCENT, type Look } from './look';

const PERCENT_RUN = /(?:%[0-9a-f]{2})+/gi;
const ESCAPE = /\\(?:u([0-9a-f]{4})|([^u]))/gi;
const BASE64_RUN = /[A-Za-z0-9+/_-]{12,}/g;
/** A text begins with a printable ASCII character or with the first byte of a longer UTF-8 sequence. */
const BASE64_TEXT = /^[I-Za-fw-z0-9]/;
/** Control characters but tab, line feed and carriage return. */
const CONTROL = /(?![\t\n\r])\p{Cc}/u;
const BREAKS: Readonly<Record<string, string>> = { n: '\n', r: '\n', t: ' ' };

/** The texts that a text holds in one encoding each: percent-encoding, escapes of JSON, base64. */
export function decodingsOf(text: string, look: Look, base64Too: boolean): readonly string[] {
  const found: string[] = [];
  if ((look & PERCENT) !== 0) keep(found, text, decodePercent(text));
  if ((look & BACKSLASH) !== 0) keep(found, text, decodeEscapes(text));
  if (base64Too && (look & BASE64) !== 0) found.push(...decodeBase64(text));
  return found;
}

function keep(found: string[], text: string, decoded: string): void {
  if (decoded !== text) found.push(decoded);
}

function decodePercent(text: string): string {
  return text.replace(PERCENT_RUN, (run) => Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8'));
}

/** Escapes are undone without parsing, so that cut-off JSON is read as well. */
function decodeEscapes(text: string): string {
  return text.replace(ESCAPE, (_, unit: string | undefined, mark: string | undefined) =>
    unit === undefined ? (BREAKS[mark ?? ''] ?? mark ?? '') : String.fromCharCode(parseInt(unit, 16)),
  );
}

/** Runs of the alphabet that hold printable text, whole or between the signs that are also used to join names. */
function decodeBase64(text: string): readonly string[] {
  return (text.match(BASE64_RUN) ?? []).flatMap((run) => {
    const parts = run.split(/[/_-]/);
    const tried = parts.length === 1 ? [run] : [run, ...parts.filter(({ length }) => length >= MIN_BASE64)];
    return tried.flatMap(printable);
  });
}

function printable(run: string): readonly string[] {
  if (!BASE64_TEXT.test(run)) return [];
  const bytes = Buffer.from(run, 'base64');
  if (!isUtf8(bytes)) return [];
  const text = bytes.toString('utf8');
  return CONTROL.test(text) ? [] : [text];
}
