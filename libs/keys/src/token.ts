import { KeyedDigest, type DataKey } from '@das/pipeline';

/** `tok`: of one domain, by its token key; `lnk`: across domains, by the link key. */
export type TokenPrefix = 'tok' | 'lnk';

/**
 * The token of a message: `<prefix>.<key id>.<43 characters of HMAC-SHA256, base64url>`.
 *
 * A key that follows another one is layered on it: its token is that of the former key's token. So what landed
 * with the former key can be re-keyed without the clear value, and meets what lands from now on.
 */
export function makeToken(prefix: TokenPrefix, key: DataKey, message: string): string {
  return layer(prefix, key, key.previous === undefined ? message : makeToken(prefix, key.previous, message));
}

/**
 * The token of `key` for the value whose token of an earlier key this is.
 * @returns undefined when that key is not one that `key` is layered on
 */
export function layerToken(token: string, key: DataKey): string | undefined {
  const parsed = parseToken(token);
  if (parsed === undefined) return undefined;
  if (parsed.keyId === key.id) return token;
  const former = key.previous === undefined ? undefined : layerToken(token, key.previous);
  return former === undefined ? undefined : layer(parsed.prefix, key, former);
}

export interface ParsedToken {
  readonly prefix: TokenPrefix;
  readonly keyId: string;
}

/** @returns undefined for what is no token */
export function parseToken(text: string): ParsedToken | undefined {
  const [, prefix, keyId] = /^(tok|lnk)\.([A-Za-z0-9._-]{1,64})\.[A-Za-z0-9_-]{43}$/.exec(text) ?? [];
  return keyId === undefined ? undefined : { prefix: prefix as TokenPrefix, keyId };
}

/** A digest for each key in use, so that none is prepared again for each token. */
const digests = new WeakMap<Uint8Array, KeyedDigest>();
const FIRST_BYTES = 512;

function layer(prefix: TokenPrefix, { id, material }: DataKey, message: string): string {
  let digest = digests.get(material);
  if (digest === undefined) digests.set(material, (digest = new KeyedDigest(FIRST_BYTES)));
  // A UTF-16 unit takes at most three bytes in UTF-8.
  const room = digest.room(material, message.length * 3);
  return `${prefix}.${id}.${digest.digest(KeyedDigest.start + room.write(message, KeyedDigest.start))}`;
}
