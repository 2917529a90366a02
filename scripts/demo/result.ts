import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { recount } from '@das/testing';
import type { Feed } from './feed';
import { count } from './progress';
import { STREAMS, tableName } from './streams';

/** What `--json` writes. */
export interface DemoResult {
  /** Records in the source. */
  readonly produced: number;
  /** Rows per table, dead ones included. */
  readonly bronze: Readonly<Record<string, number>>;
  readonly dead: Readonly<Record<string, number>>;
  /** Tombstones. */
  readonly dropped: number;
  readonly lost: number;
  /** Rows beyond the one that a record should have, and rows of no record. */
  readonly duplicated: number;
  /** Landed payloads that differ from their record. */
  readonly altered: number;
  /** Rows that came after one of a later position. */
  readonly misordered: number;
  readonly latencySeconds: {
    readonly bronze: { readonly p50: number; readonly p95: number; readonly p99: number };
  };
  readonly eventsPerSecond: number;
}

/** Recounts source and lake; `seconds` is from the first event's sending to the last one's commit. */
export async function measure(feed: Feed, lake: string, seconds: number): Promise<DemoResult> {
  const bronze: Record<string, number> = {};
  const dead: Record<string, number> = {};
  const total = { produced: 0, dropped: 0, lost: 0, duplicated: 0, altered: 0, misordered: 0 };
  const latencies: number[] = [];
  for (const { contract } of STREAMS) {
    const found = await recount({
      lake,
      table: contract.table,
      records: feed.records(contract.source.topic),
    });
    bronze[tableName(contract)] = found.rows;
    for (const [reason, rows] of Object.entries(found.dead)) dead[reason] = (dead[reason] ?? 0) + rows;
    for (const key of Object.keys(total) as (keyof typeof total)[]) total[key] += found[key];
    for (const latency of found.latencies) latencies.push(latency);
  }
  latencies.sort((a, b) => a - b);
  const quantile = (share: number): number => {
    const value = latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0;
    return Math.round(value * 1000) / 1000;
  };
  return {
    ...total,
    bronze,
    dead,
    latencySeconds: { bronze: { p50: quantile(0.5), p95: quantile(0.95), p99: quantile(0.99) } },
    eventsPerSecond: Math.round(total.produced / seconds),
  };
}

/** Exactly once: nothing lost, nothing doubled, nothing changed, all in order. */
export function isClean({ lost, duplicated, altered, misordered }: DemoResult): boolean {
  return lost + duplicated + altered + misordered === 0;
}

export function summary(result: DemoResult): string {
  const { produced, dropped, lost, duplicated, altered, misordered } = result;
  const { latencySeconds, eventsPerSecond } = result;
  const { p50, p95, p99 } = latencySeconds.bronze;
  const rows = (label: string, value: string): string => `  ${label.padEnd(44)} ${value.padStart(12)}`;
  return [
    '',
    'Recounted from the source and from the Parquet files:',
    rows('records in the source', count(produced)),
    ...Object.entries(result.bronze).map(([table, number]) => rows(`rows in ${table}`, count(number))),
    ...Object.entries(result.dead).map(([reason, number]) =>
      rows(`  of them dead: ${reason}`, count(number)),
    ),
    rows('dropped (tombstones, no row)', count(dropped)),
    rows('lost', count(lost)),
    rows('duplicated', count(duplicated)),
    rows('altered', count(altered)),
    rows('out of order', count(misordered)),
    rows('event to BRONZE, seconds (p50 / p95 / p99)', `${p50} / ${p95} / ${p99}`),
    rows('events per second', count(eventsPerSecond)),
    isClean(result) ? '\nEvery record is in BRONZE exactly once.' : '\nNOT exactly once: see above.',
    '',
  ].join('\n');
}

/** Makes room for the result: an earlier one would pass for this run's, and a wrong path is known at once. */
export function prepareResult(file: string): void {
  mkdirSync(dirname(file), { recursive: true });
  rmSync(file, { force: true });
}

/** Whole or not at all. */
export function writeResult(file: string, result: DemoResult): void {
  const aside = `${file}.${process.pid}.tmp`;
  writeFileSync(aside, `${JSON.stringify(result, null, 2)}\n`);
  renameSync(aside, file);
}
