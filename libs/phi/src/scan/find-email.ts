/** Longest local part and domain, octets (RFC 5321, 4.5.3.1). */
const MAX_LOCAL = 64;
const MAX_DOMAIN = 255;
const LOCAL_SIGNS = new Set(Buffer.from(".!#$%&'*+=?^`{|}~_-"));
const LETTERS = /^(?:xn--[a-z0-9-]{2,}|\p{L}{2,})$/iu;
/** `logo@2x.png` is a picture in double size, `pkg@1.2.3` a version. */
const NO_DOMAIN = /^(?:\dx\.|\d+\.\d)/;

/** Whether the text, which holds an `@`, holds an e-mail address: a local part and a domain of two labels or more. */
export function hasEmail(text: string): boolean {
  for (let at = text.indexOf('@'); at !== -1; at = text.indexOf('@', at + 1)) {
    if (isEmailAround(text, at)) return true;
  }
  return false;
}

function isEmailAround(text: string, at: number): boolean {
  let from = at;
  while (from > 0 && at - from < MAX_LOCAL && isLocal(text.charCodeAt(from - 1))) from--;
  if (from === at) return false;
  // `ssh://git@host/team`: who logs in, not who gets mail.
  if (text.startsWith('//', from - 2) && from >= 2) return false;
  let to = at + 1;
  while (to < text.length && to - at <= MAX_DOMAIN && isDomain(text.charCodeAt(to))) to++;
  const domain = text.slice(at + 1, to);
  if (NO_DOMAIN.test(domain)) return false;
  // `git@host:team/repository`
  if (text[to] === ':' && text.slice(from, at) === 'git') return false;
  const [host = '', ...labels] = domain.split('.');
  return host !== '' && labels.some((label) => LETTERS.test(label));
}

function isLetterOrDigit(code: number): boolean {
  return (
    (code >= 0x30 && code <= 0x39) ||
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x41 && code <= 0x5a) ||
    // Letters of other scripts, and not their punctuation.
    (code > 0xbf && !(code >= 0x2000 && code <= 0x206f) && !(code >= 0x3000 && code <= 0x303f))
  );
}

function isLocal(code: number): boolean {
  return isLetterOrDigit(code) || LOCAL_SIGNS.has(code);
}

function isDomain(code: number): boolean {
  return isLetterOrDigit(code) || code === 0x2e || code === 0x2d;
}
