import { relative } from 'node:path';
import { count } from './progress';
import { isClean, type DemoResult } from './result';

export function summary(result: DemoResult): string {
  const { produced, dropped, lost, duplicated, altered, misordered } = result;
  const { latencySeconds, eventsPerSecond, tests, silver = {}, gold = {} } = result;
  const rows = (label: string, value: string): string => `  ${label.padEnd(46)} ${value.padStart(12)}`;
  const latency = (tier: string, { p50, p95, p99 }: DemoResult['latencySeconds']['bronze']): string =>
    rows(`event to ${tier}, seconds (p50 / p95 / p99)`, `${p50} / ${p95} / ${p99}`);
  const tables = (of: Readonly<Record<string, number>>): string[] =>
    Object.entries(of).map(([table, number]) => rows(`rows in ${table}`, count(number)));
  return [
    '',
    result.gold === undefined
      ? 'Recounted from the source and from the Parquet files:'
      : 'Recounted from the source, from the Parquet files and from what is published:',
    rows('records in the source', count(produced)),
    ...tables(result.bronze),
    ...Object.entries(result.dead).map(([reason, number]) =>
      rows(`  of them dead: ${reason}`, count(number)),
    ),
    rows('dropped (tombstones, no row)', count(dropped)),
    ...tables(silver),
    ...tables(gold),
    ...(tests === undefined ? [] : [rows('data tests passed', count(tests.passed))]),
    rows('lost', count(lost)),
    rows('duplicated', count(duplicated)),
    rows('altered', count(altered)),
    rows('out of order', count(misordered)),
    latency('BRONZE', latencySeconds.bronze),
    ...(latencySeconds.gold === undefined ? [] : [latency('GOLD', latencySeconds.gold)]),
    rows('events per second', count(eventsPerSecond)),
    isClean(result) ? `\n${verdict(result)}` : '\nNOT exactly once: see above.',
    '',
  ].join('\n');
}

function verdict({ gold }: DemoResult): string {
  return gold === undefined
    ? 'Every record is in BRONZE exactly once.'
    : 'Every record is in BRONZE exactly once, and every event in SILVER and GOLD.';
}

const DEFAULT_DIR = '.das/demo';

/** How to go on. */
export function queryHint(dir: string): string {
  const where = relative('.', dir) === DEFAULT_DIR ? '' : `DAS_LAKE=${dir}/lake DAS_REFINED=${dir}/refined `;
  return `Ask it:\n  ${where}npm run -s das -- query "select count(*) from BROOK_COMMERCE.GOLD.ORDERS" --json\n\n`;
}
