import type { RekeyRow } from '../bronze-row';
import { newestTokens } from '../newest-tokens';

/** What a token that landed is called under the newest key that it was mapped to. */
export type Newest = (token: string) => string;

export function newestOf(rekeys: Iterable<RekeyRow>): Newest {
  const newest = newestTokens(rekeys);
  return (token) => newest(token) ?? token;
}
