import type { RekeyRow } from './bronze-row';
import { instantOf } from './instant';
import { by, greatest, groupBy } from './order-by';

/** What a token is called under the newest key that it was mapped to; itself where it never was. */
export function newestTokens(rekeys: Iterable<RekeyRow>): (token: string | null) => string | null {
  const newest = by<RekeyRow>(
    (row) => instantOf(row.AT),
    (row) => row.TO_KEY,
  );
  const known = new Map<string, string>();
  for (const [token, rows] of groupBy(rekeys, (row) => row.OLD_TOKEN)) {
    known.set(token, greatest(rows, newest).NEW_TOKEN);
  }
  return (token) => (token === null ? null : (known.get(token) ?? token));
}
