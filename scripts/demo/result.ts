import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { recount } from '@das/testing';
import type { Feed } from './feed';
import type { Fleet } from './fleet';
import { measureRefined } from './measure-refined';
import { tablesOf, type PublishedSnapshot } from './refined';
import { STREAMS, tableName } from './streams';

interface Quantiles {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

/** What `--json` writes. */
export interface DemoResult {
  /** Records in the source. */
  readonly produced: number;
  /** Rows per table, dead ones included. */
  readonly bronze: Readonly<Record<string, number>>;
  /** Rows per table; without them with `--bronze-only`. */
  readonly silver?: Readonly<Record<string, number>>;
  readonly gold?: Readonly<Record<string, number>>;
  /** Data tests that gated what is published. */
  readonly tests?: { readonly passed: number; readonly failed: number };
  readonly dead: Readonly<Record<string, number>>;
  /** Tombstones. */
  readonly dropped: number;
  /** Records without a row in BRONZE, and landed events that SILVER or GOLD is not made of. */
  readonly lost: number;
  /** Rows beyond the one that a record, event, order or session should have, and rows of none. */
  readonly duplicated: number;
  /** Landed payloads that differ from their record. */
  readonly altered: number;
  /** Rows that came after one of a later position. */
  readonly misordered: number;
  readonly latencySeconds: { readonly bronze: Quantiles; readonly gold?: Quantiles };
  readonly eventsPerSecond: number;
}

/** Recounts source, lake and snapshot; `seconds` is from the first event's sending to the last one's commit. */
export async function measure(
  feed: Feed,
  { lake, refined }: Pick<Fleet, 'lake' | 'refined'>,
  snapshot: PublishedSnapshot | undefined,
  seconds: number,
): Promise<DemoResult> {
  const bronze: Record<string, number> = {};
  const dead: Record<string, number> = {};
  const total = { produced: 0, dropped: 0, lost: 0, duplicated: 0, altered: 0, misordered: 0 };
  const latencies: { bronze: number[]; gold: number[] } = { bronze: [], gold: [] };
  for (const stream of STREAMS) {
    const { contract } = stream;
    const found = await recount({
      lake,
      table: contract.table,
      records: feed.records(contract.source.log),
    });
    bronze[tableName(contract)] = found.rows;
    for (const [reason, rows] of Object.entries(found.dead)) dead[reason] = (dead[reason] ?? 0) + rows;
    for (const key of Object.keys(total) as (keyof typeof total)[]) total[key] += found[key];
    for (const latency of found.latencies) latencies.bronze.push(latency);
    if (refined === undefined) continue;
    if (snapshot === undefined) {
      // Nothing was published at all: all that landed is missing.
      total.lost += found.latencies.length;
      continue;
    }
    const refinedCount = await measureRefined(snapshot, { lake, refined }, stream);
    total.lost += refinedCount.lost;
    total.duplicated += refinedCount.duplicated;
    for (const latency of refinedCount.latencies) latencies.gold.push(latency);
  }
  return {
    ...total,
    bronze,
    ...(snapshot !== undefined && {
      silver: tablesOf(snapshot, 'SILVER'),
      gold: tablesOf(snapshot, 'GOLD'),
      tests: snapshot.tests,
    }),
    dead,
    latencySeconds: {
      bronze: quantiles(latencies.bronze),
      ...(snapshot !== undefined && { gold: quantiles(latencies.gold) }),
    },
    eventsPerSecond: Math.round(total.produced / seconds),
  };
}

function quantiles(latencies: readonly number[]): Quantiles {
  const sorted = [...latencies].sort((a, b) => a - b);
  const quantile = (share: number): number => {
    const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
    return Math.round(value * 1000) / 1000;
  };
  return { p50: quantile(0.5), p95: quantile(0.95), p99: quantile(0.99) };
}

/** Exactly once: nothing lost, nothing doubled, nothing changed, all in order. */
export function isClean({ lost, duplicated, altered, misordered }: DemoResult): boolean {
  return lost + duplicated + altered + misordered === 0;
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
