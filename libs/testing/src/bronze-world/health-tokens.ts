import { createHash } from 'node:crypto';
import type { RekeyRow } from '../oracle/refined/bronze-row';

const HOUR_MS = 3_600_000;
const PURPOSE = 'token:brook_health';

/** What lands of medical record numbers and the like, under a key that is exchanged while rows come in. */
export class HealthTokens {
  private readonly old = new Set<string>();
  private made = 0;

  /** @param size - of so many values the last fifth has the second key */
  constructor(private readonly size: number) {}

  /** One event more is made. */
  proceed(): void {
    this.made++;
  }

  /** The token of a value, as it lands now. */
  of(value: string): string {
    const digest = createHash('md5').update(value).digest('base64url');
    const key = this.made > this.size * 0.8 ? 'token-2' : 'token-1';
    const token = `tok.${key}-0000.${digest}`;
    if (key === 'token-1') this.old.add(token);
    return token;
  }

  /** What became of old tokens: of some nothing, some were mapped to one key, some to two. */
  rekeys(fromMs: number): readonly RekeyRow[] {
    return [...this.old].flatMap((token) =>
      ['token-2', 'token-3'].slice(0, fateOf(token)).map((toKey, hour) => ({
        PURPOSE,
        FROM_KEY: 'token-1',
        TO_KEY: toKey,
        OLD_TOKEN: token,
        NEW_TOKEN: token.replace('token-1', toKey),
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
