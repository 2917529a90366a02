import { NUMBER_PREFIX, TEXT_PREFIX } from './marks';

/** A form in which a mark could leave the system, and what it looks like. */
interface Needle {
  readonly form: string;
  readonly bytes: Buffer;
}

export interface Hit {
  readonly form: string;
  readonly at: number;
}

const NEEDLES: readonly Needle[] = [TEXT_PREFIX, NUMBER_PREFIX].flatMap(needlesOf);

/** Every form of every mark in these bytes, the first of each form. */
export function search(bytes: Buffer): readonly Hit[] {
  return NEEDLES.flatMap((needle) => {
    const at = bytes.indexOf(needle.bytes);
    return at < 0 ? [] : [{ form: needle.form, at }];
  });
}

function needlesOf(prefix: string): readonly Needle[] {
  const text = (form: string, needle: string): Needle => ({ form, bytes: Buffer.from(needle) });
  const each = (make: (code: string) => string): string =>
    Array.from(prefix)
      .map((character) => make(character.charCodeAt(0).toString(16)))
      .join('');
  const hex = Buffer.from(prefix).toString('hex');
  const utf16 = Buffer.from(prefix, 'utf16le');
  const all = [
    text('plain', prefix),
    text('upper case', prefix.toUpperCase()),
    text('reversed', Array.from(prefix).reverse().join('')),
    text(
      'JSON-escaped',
      each((code) => `\\u00${code}`),
    ),
    text(
      'JSON-escaped, upper',
      each((code) => `\\u00${code.toUpperCase()}`),
    ),
    text(
      'JSON-escaped twice',
      each((code) => `\\\\u00${code}`),
    ),
    text(
      'percent-encoded',
      each((code) => `%${code}`),
    ),
    text(
      'percent-encoded, upper',
      each((code) => `%${code.toUpperCase()}`),
    ),
    text(
      'HTML entities',
      each((code) => `&#x${code};`),
    ),
    text('hex', hex),
    text('hex, upper', hex.toUpperCase()),
    text('a printed Buffer', each((code) => `${code} `).trim()),
    text('JSON of a Buffer', [...Buffer.from(prefix)].join(',')),
    { form: 'UTF-16', bytes: utf16 },
    { form: 'UTF-16, big endian', bytes: Buffer.from(utf16).swap16() },
    ...[0, 1, 2].flatMap((before) => [
      text(`base64, ${before} before`, base64Inside(prefix, before, 'base64')),
      text(`base64url, ${before} before`, base64Inside(prefix, before, 'base64url')),
    ]),
  ];
  return all.filter(({ bytes }, index) => all.findIndex((other) => other.bytes.equals(bytes)) === index);
}

/** What of the base64 of a longer text depends on the prefix alone, so many bytes (modulo 3) after its start. */
function base64Inside(prefix: string, before: number, encoding: 'base64' | 'base64url'): string {
  const bytes = Buffer.from(`${'\0'.repeat(before)}${prefix}`);
  const lead = Math.ceil((before * 8) / 6);
  return bytes.toString(encoding).slice(lead, Math.floor((bytes.length * 8) / 6));
}
