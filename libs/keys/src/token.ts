import { createHmac } from 'node:crypto';
import type { DataKey } from '@das/pipeline';

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

function layer(prefix: TokenPrefix, { id, material }: DataKey, message: string): string {
  return `${prefix}.${id}.${createHmac('sha256', material).update(message).digest('base64url')}`;
}
