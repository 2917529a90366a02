import { createCipheriv, createDecipheriv, randomFillSync } from 'node:crypto';
import { Failure, type DataKey } from '@das/pipeline';

const ALGORITHM = 'dir';
const ENCRYPTION = 'A256GCM';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** What the protected header says beside the key: where the sealed bytes belong. In clear, so nothing secret. */
export type Bound = Readonly<Record<string, string>>;

/**
 * Encrypts as a compact JWE (RFC 7516: `dir`, `A256GCM`), which any JOSE library opens. Its protected header
 * names the key and what is bound, so that what was sealed in one place cannot be passed off as another one's.
 */
export function sealBytes(
  bytes: Uint8Array,
  { key, bound }: { readonly key: DataKey; readonly bound: Bound },
): string {
  const { text, ascii } = headerOf(bound, key.id);
  const iv = freshIv();
  const cipher = createCipheriv('aes-256-gcm', key.material, iv);
  cipher.setAAD(ascii);
  // A counter mode: as many bytes come out as go in, and the end adds none.
  const sealed = cipher.update(bytes);
  cipher.final();
  return `${text}..${base64url(iv)}.${base64url(sealed)}.${base64url(cipher.getAuthTag())}`;
}

interface Header {
  readonly keyId: string;
  readonly text: string;
  readonly ascii: Buffer;
}

/** A place that is written to often is the same object each time. */
const headers = new WeakMap<Bound, Header>();

function headerOf(bound: Bound, keyId: string): Header {
  const known = headers.get(bound);
  if (known?.keyId === keyId) return known;
  const text = base64url(JSON.stringify({ ...bound, alg: ALGORITHM, enc: ENCRYPTION, kid: keyId }));
  const header = { keyId, text, ascii: Buffer.from(text, 'ascii') };
  headers.set(bound, header);
  return header;
}

/** Random bytes for many values at once: asking for twelve takes as long as encrypting with them. */
const ivs = Buffer.alloc(IV_BYTES * 256);
let nextIv = ivs.length;

/** Never given out twice; valid until the next one. */
function freshIv(): Buffer {
  if (nextIv === ivs.length) {
    randomFillSync(ivs);
    nextIv = 0;
  }
  return ivs.subarray(nextIv, (nextIv += IV_BYTES));
}

/**
 * Opens what `sealBytes` made.
 * @param options.find - the key by the id that the header names
 * @throws Failure setup when there is no such key, data when the text is not sealed with what is bound
 */
export function openBytes(
  sealed: string,
  { find, bound }: { readonly find: (id: string) => DataKey | undefined; readonly bound: Bound },
): Buffer {
  const [header = '', , iv = '', text = '', tag = ''] = sealed.split('.');
  const { keyId, bound: found } = readHeader(header);
  if (!isSame(found, bound)) throw notSealed('belongs to another record');
  const key = find(keyId);
  if (key === undefined) {
    throw new Failure('setup', 'key_missing', 'the key that sealed this is not in the key file', {
      cure: 'add the key with the id that the sealed payload names to the file named by PHI_KEY_FILE',
    });
  }
  try {
    const decipher = createDecipheriv('aes-256-gcm', key.material, Buffer.from(iv, 'base64url'), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(Buffer.from(header, 'ascii'));
    decipher.setAuthTag(Buffer.from(tag, 'base64url'));
    return Buffer.concat([decipher.update(Buffer.from(text, 'base64url')), decipher.final()]);
  } catch (cause) {
    throw notSealed('was altered, or sealed with another key of the same id', cause);
  }
}

function readHeader(text: string): {
  readonly keyId: string;
  readonly bound: Readonly<Record<string, unknown>>;
} {
  let header: unknown;
  try {
    header = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch (cause) {
    throw notSealed('has no readable header', cause);
  }
  if (typeof header !== 'object' || header === null) throw notSealed('has no readable header');
  const { alg, enc, kid, ...bound } = header as Record<string, unknown>;
  if (typeof kid !== 'string') throw notSealed('names no key');
  if (alg !== ALGORITHM || enc !== ENCRYPTION) throw notSealed('is sealed in another way than here');
  return { keyId: kid, bound };
}

function isSame(found: Readonly<Record<string, unknown>>, bound: Bound): boolean {
  const names = Object.keys(bound);
  return names.length === Object.keys(found).length && names.every((name) => found[name] === bound[name]);
}

function notSealed(why: string, cause?: unknown): Failure {
  return new Failure('data', 'not_sealed', `the sealed payload ${why}`, { cause });
}

function base64url(data: Uint8Array | string): string {
  return Buffer.from(data as Uint8Array).toString('base64url');
}
