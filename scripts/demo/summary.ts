import { relative } from 'node:path';
import { count } from './progress';
import { isClean, type DemoResult } from './result';
import { tableText } from './table-text';

type Domain = DemoResult['domains'][string];

const WRONG = ['lost', 'duplicated', 'altered', 'misordered'] as const;

export function summary(result: DemoResult): string {
  const { produced, dropped, latencySeconds, eventsPerSecond, tests } = result;
  const row = (label: string, value: string): string => `  ${label.padEnd(46)} ${value.padStart(12)}`;
  return [
    '',
    result.gold === undefined
      ? 'Recounted from the sources and from the Parquet files:'
      : 'Recounted from the sources, from the Parquet files and from what is published:',
    ...Object.entries(result.domains).map(([name, domain]) => domainText(name, domain)),
    '',
    row('records in the sources', count(produced)),
    ...Object.entries(result.dead).map(([reason, number]) => row(`  of them dead: ${reason}`, count(number))),
    row('dropped (tombstones, no row)', count(dropped)),
    ...(tests === undefined ? [] : [row('data tests passed', count(tests.passed))]),
    ...WRONG.map((what) => row(what === 'misordered' ? 'out of order' : what, count(result[what]))),
    row('event to BRONZE, seconds (p50 / p95 / p99)', quantileText(latencySeconds.bronze)),
    ...(latencySeconds.gold === undefined
      ? []
      : [row('event to GOLD, seconds (p50 / p95 / p99)', quantileText(latencySeconds.gold))]),
    row('events per second', count(eventsPerSecond)),
    isClean(result) ? `\n${verdict(result)}` : '\nNOT exactly once: see above.',
    '',
  ].join('\n');
}

function domainText(name: string, { streams, silver, gold, latencySeconds }: Domain): string {
  const head = [
    'stream',
    'source',
    'records',
    'BRONZE',
    'dead',
    'dropped',
    'lost',
    'doubled',
    'altered',
    'disordered',
  ];
  const rows = Object.entries(streams).map(([stream, found]) => [
    stream,
    found.source,
    ...[found.produced, found.rows, found.dead, found.dropped].map(count),
    ...WRONG.map((what) => count(found[what])),
  ]);
  const { bronze, gold: late } = latencySeconds;
  const gap = late === undefined ? '' : `, to GOLD ${quantileText(late)}`;
  return [
    '',
    name.toUpperCase(),
    tableText([head, ...rows]),
    ...(silver === undefined ? [] : [`  SILVER: ${rowsText(silver)}`]),
    ...(gold === undefined ? [] : [`  GOLD: ${rowsText(gold)}`]),
    `  event to BRONZE ${quantileText(bronze)}${gap} s (p50 / p95 / p99)`,
  ].join('\n');
}

/** By the names that are told apart within a schema. */
function rowsText(tables: Readonly<Record<string, number>>): string {
  return Object.entries(tables)
    .map(([table, rows]) => `${table.slice(table.lastIndexOf('.') + 1)} ${count(rows)}`)
    .join(', ');
}

function quantileText({ p50, p95, p99 }: DemoResult['latencySeconds']['bronze']): string {
  return `${p50} / ${p95} / ${p99}`;
}

function verdict({ gold }: DemoResult): string {
  return gold === undefined
    ? 'Every record is in BRONZE exactly once.'
    : 'Every record is in BRONZE exactly once, and every event in SILVER and GOLD.';
}

const DEFAULT_DIR = '.das/demo';

/** How to go on. @param table - of GOLD */
export function queryHint(dir: string, table: string): string {
  const where = relative('.', dir) === DEFAULT_DIR ? '' : `DAS_LAKE=${dir}/lake DAS_REFINED=${dir}/refined `;
  return `Ask it:\n  ${where}npm run -s das -- query "select count(*) from ${table}" --json\n\n`;
}
