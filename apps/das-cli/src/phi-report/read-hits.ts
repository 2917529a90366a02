import type { StreamContract } from '@das/contracts';
import type { DeadError } from '@das/pipeline';
import type { Row } from '@das/warehouse';
import { tableOf, type Query } from '../dead-letters/dead-letter-sql';
import type { Reader } from '../with-warehouse';
import type { Hit } from './stream-report';

/** What the scan found and let land: paths, by day. Grouped where it is kept, taken apart here. */
function tagged(contract: StreamContract, since: string): Query {
  return byDay(
    contract,
    'PHI_TAGS',
    `"OUTCOME" = 'landed' AND CAST("PHI_TAGS" AS VARCHAR) LIKE '%#%'`,
    since,
  );
}

function refused(contract: StreamContract, since: string): Query {
  return byDay(contract, 'DEAD_ERRORS', `"OUTCOME" = 'dead' AND "DEAD_REASON" = 'undeclared_phi'`, since);
}

function byDay(contract: StreamContract, column: string, where: string, since: string): Query {
  return {
    sql:
      `SELECT CAST(CAST("INGESTED_AT" AS DATE) AS VARCHAR) AS "DAY", CAST("${column}" AS VARCHAR) AS "FOUND", COUNT(*) AS "COUNT" ` +
      `FROM ${tableOf(contract)} WHERE ${where} AND "INGESTED_AT" >= CAST(? AS TIMESTAMPTZ) ` +
      `GROUP BY CAST("INGESTED_AT" AS DATE), CAST("${column}" AS VARCHAR)`,
    binds: [since],
  };
}

/** What was found in a stream since then, by day. @param sinceMs - epoch milliseconds */
export async function readHits(
  contract: StreamContract,
  sinceMs: number,
  reader: Reader,
): Promise<readonly Hit[]> {
  const since = new Date(sinceMs).toISOString();
  const counts = new HitCounts();
  for await (const row of reader.rows(tagged(contract, since)))
    for (const tag of (found(row) as readonly string[]).filter((one) => one.includes('#'))) {
      const at = tag.lastIndexOf('#');
      counts.add(row, { outcome: 'landed', kind: tag.slice(at + 1), path: tag.slice(0, at) });
    }
  for await (const row of reader.rows(refused(contract, since)))
    for (const { path, rule } of found(row) as readonly DeadError[])
      counts.add(row, { outcome: 'dead', kind: rule, path });
  return counts.sorted();
}

/** A record counts once for each of its hits, however often the same one is in it. */
function found(row: Row): readonly unknown[] {
  const texts = (JSON.parse(String(row.FOUND ?? '[]')) as readonly unknown[]).map((one) =>
    JSON.stringify(one),
  );
  return [...new Set(texts)].map((text) => JSON.parse(text) as unknown);
}

class HitCounts {
  private readonly counts = new Map<string, Hit>();

  add({ DAY: day, COUNT: count }: Row, hit: Omit<Hit, 'day' | 'records'>): void {
    const key = JSON.stringify([day, hit]);
    const records = (this.counts.get(key)?.records ?? 0) + Number(count);
    this.counts.set(key, { day: String(day), ...hit, records });
  }

  sorted(): readonly Hit[] {
    return [...this.counts.values()].sort(
      (a, b) => compare(a.day, b.day) || b.records - a.records || compare(textOf(a), textOf(b)),
    );
  }
}

function textOf({ outcome, kind, path }: Hit): string {
  return `${outcome} ${kind} ${path}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
