import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { Failure, type Coordinates, type KeyProvider } from '@das/pipeline';

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** What a dead letter keeps of its record. */
export interface DeadRecord {
  readonly key: Uint8Array | null;
  readonly value: Uint8Array | null;
  readonly headers: readonly (readonly [name: string, value: Uint8Array])[];
}

/**
 * Encrypts a refused record as a compact JWE (RFC 7516: `dir`, `A256GCM`), which any JOSE library opens. The
 * protected header names the key and the record's coordinates, so a sealed payload cannot be passed off as
 * another record's.
 */
export function sealRecord(record: DeadRecord, coordinates: Coordinates, keys: KeyProvider): string {
  const key = keys.current('dead-letter');
  const header = base64url(
    JSON.stringify({ alg: 'dir', enc: 'A256GCM', kid: key.id, src: coordinatesText(coordinates) }),
  );
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key.material, iv);
  cipher.setAAD(Buffer.from(header, 'ascii'));
  const sealed = Buffer.concat([cipher.update(encodeRecord(record)), cipher.final()]);
  return [header, '', base64url(iv), base64url(sealed), base64url(cipher.getAuthTag())].join('.');
}

/**
 * Opens what `sealRecord` made.
 * @throws Failure setup when the key is missing, data when the text is not a sealed payload of these coordinates
 */
export function openRecord(sealed: string, coordinates: Coordinates, keys: KeyProvider): DeadRecord {
  const [header = '', , iv = '', text = '', tag = ''] = sealed.split('.');
  const { kid, src } = readHeader(header);
  if (src !== coordinatesText(coordinates)) throw notSealed('belongs to another record');
  const key = keys.find('dead-letter', kid);
  if (key === undefined) {
    throw new Failure('setup', 'key_missing', 'the key that sealed this dead letter is not in the key file', {
      cure: 'add the key with the id that the sealed payload names to the file named by PHI_KEY_FILE',
    });
  }
  try {
    const decipher = createDecipheriv('aes-256-gcm', key.material, Buffer.from(iv, 'base64url'), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(Buffer.from(header, 'ascii'));
    decipher.setAuthTag(Buffer.from(tag, 'base64url'));
    return decodeRecord(Buffer.concat([decipher.update(Buffer.from(text, 'base64url')), decipher.final()]));
  } catch (cause) {
    throw notSealed('was altered, or sealed with another key of the same id', cause);
  }
}

function readHeader(text: string): { kid: string; src: string } {
  try {
    const header = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as Record<string, unknown>;
    const { kid, src } = header;
    if (typeof kid === 'string' && typeof src === 'string') return { kid, src };
  } catch (cause) {
    throw notSealed('has no readable header', cause);
  }
  throw notSealed('names no key');
}

function notSealed(why: string, cause?: unknown): Failure {
  return new Failure('data', 'not_sealed', `the sealed payload ${why}`, { cause });
}

function coordinatesText({ source, epoch, partition, position }: Coordinates): string {
  return JSON.stringify([source, epoch, partition, position]);
}

/** One line of JSON for key and headers, then the value's bytes as they were. */
function encodeRecord({ key, value, headers }: DeadRecord): Buffer {
  const head = JSON.stringify({
    key: key === null ? null : base64url(key),
    hasValue: value !== null,
    headers: headers.map(([name, bytes]) => [name, base64url(bytes)]),
  });
  return Buffer.concat([Buffer.from(`${head}\n`), value ?? Buffer.alloc(0)]);
}

function decodeRecord(bytes: Buffer): DeadRecord {
  const end = bytes.indexOf(0x0a);
  const head = JSON.parse(bytes.subarray(0, end).toString('utf8')) as {
    key: string | null;
    hasValue: boolean;
    headers: [string, string][];
  };
  return {
    key: head.key === null ? null : Buffer.from(head.key, 'base64url'),
    value: head.hasValue ? bytes.subarray(end + 1) : null,
    headers: head.headers.map(([name, value]) => [name, Buffer.from(value, 'base64url')] as const),
  };
}

function base64url(data: Uint8Array | string): string {
  return Buffer.from(data as Uint8Array).toString('base64url');
}
