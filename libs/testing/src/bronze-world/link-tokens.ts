import { createHash } from 'node:crypto';
import type { RekeyRow } from '../oracle/refined/bronze-row';

const HOUR_MS = 3_600_000;

/** Tokens of customers and patients, under a key that is exchanged while rows come in. */
export class LinkTokens {
  private readonly digests = new Map<string, string>();
  private readonly old = new Set<string>();

  /** LINK_TOKENS of a row. @param key - `link-1` before the exchange */
  landed(email: string, key: 'link-1' | 'link-2'): string {
    let digest = this.digests.get(email);
    if (digest === undefined) {
      digest = createHash('md5').update(email).digest('base64url');
      this.digests.set(email, digest);
    }
    const token = `lnk.${key}-0000.${digest}`;
    if (key === 'link-1') this.old.add(token);
    return `{"member":"${token}"}`;
  }

  /** What became of old tokens: of some nothing, some were mapped to one key, some to two. */
  rekeys(fromMs: number): readonly RekeyRow[] {
    return [...this.old].flatMap((token) =>
      ['link-2', 'link-3'].slice(0, fateOf(token)).map((toKey, hour) => ({
        PURPOSE: 'link',
        FROM_KEY: 'link-1',
        TO_KEY: toKey,
        OLD_TOKEN: token,
        NEW_TOKEN: token.replace('link-1', toKey),
        AT: new Date(fromMs + hour * HOUR_MS).toISOString(),
        ACTOR: 'test',
      })),
    );
  }
}

/** The same in every stream that has the token. */
function fateOf(token: string): number {
  return token.charCodeAt(token.length - 1) % 3;
}
