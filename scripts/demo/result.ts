import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { StreamCount } from './measure-stream';
import { quantiles, type Quantiles } from './quantiles';
import { tablesOf, type PublishedSnapshot } from './refined';
import { tableName } from './streams';

/** Of records, rows and what went wrong with them. */
export interface Counts {
  /** Records in the source. */
  readonly produced: number;
  /** Tombstones. */
  readonly dropped: number;
  /** Records without a row in BRONZE, and landed events that SILVER or GOLD is not made of. */
  readonly lost: number;
  /** Rows beyond the one that a record, event, order or session should have, and rows of none. */
  readonly duplicated: number;
  /** Landed payloads that differ from what is to land of their record. */
  readonly altered: number;
  /** Rows that came after one of a later position. */
  readonly misordered: number;
}

interface Latencies {
  readonly bronze: Quantiles;
  readonly gold?: Quantiles;
}

/** Rows by table. */
type Rows = Readonly<Record<string, number>>;

interface StreamResult extends Counts {
  /** What its collector read: the contract's kind, or the journal that stood for it. */
  readonly source: string;
  /** In BRONZE, dead ones included. */
  readonly rows: number;
  readonly dead: number;
}

interface DomainResult {
  /** By the name of the stream. */
  readonly streams: Readonly<Record<string, StreamResult>>;
  readonly silver?: Rows;
  readonly gold?: Rows;
  readonly latencySeconds: Latencies;
}

/** What `--json` writes. */
export interface DemoResult extends Counts {
  /** Rows per table, dead ones included. */
  readonly bronze: Rows;
  /** Without them with `--bronze-only`. */
  readonly silver?: Rows;
  readonly gold?: Rows;
  /** Data tests that gated what is published. */
  readonly tests?: { readonly passed: number; readonly failed: number };
  /** Why, and how many. */
  readonly dead: Readonly<Record<string, number>>;
  readonly latencySeconds: Latencies;
  readonly eventsPerSecond: number;
  /** The same, by domain. */
  readonly domains: Readonly<Record<string, DomainResult>>;
}

/** @param seconds - from the first event's sending to the last one's commit */
export function resultOf(
  counts: readonly StreamCount[],
  snapshot: PublishedSnapshot | undefined,
  seconds: number,
): DemoResult {
  const names = [...new Set(counts.map(({ stream }) => stream.contract.domain))];
  const domains = Object.fromEntries(
    names.map((name) => {
      const own = counts.filter(({ stream }) => stream.contract.domain === name);
      return [name, domainResult(name, own, snapshot)];
    }),
  );
  const total = totalOf(counts);
  return {
    ...total,
    bronze: Object.fromEntries(counts.map(({ stream, rows }) => [tableName(stream.contract), rows])),
    ...(snapshot !== undefined && {
      silver: Object.assign({}, ...Object.values(domains).map(({ silver }) => silver)) as Rows,
      gold: Object.assign({}, ...Object.values(domains).map(({ gold }) => gold)) as Rows,
      tests: snapshot.tests,
    }),
    dead: deadByReason(counts),
    latencySeconds: latenciesOf(counts, snapshot),
    eventsPerSecond: Math.round(total.produced / seconds),
    domains,
  };
}

function domainResult(
  name: string,
  counts: readonly StreamCount[],
  snapshot: PublishedSnapshot | undefined,
): DomainResult {
  const streams = counts.map((count) => [count.stream.contract.stream, streamResult(count)]);
  return {
    streams: Object.fromEntries(streams) as Readonly<Record<string, StreamResult>>,
    ...(snapshot !== undefined && {
      silver: tablesOf(snapshot, 'SILVER', name),
      gold: tablesOf(snapshot, 'GOLD', name),
    }),
    latencySeconds: latenciesOf(counts, snapshot),
  };
}

function streamResult(count: StreamCount): StreamResult {
  const dead = Object.values(count.dead).reduce((sum, rows) => sum + rows, 0);
  return { source: count.stream.feed.source.kind, rows: count.rows, dead, ...totalOf([count]) };
}

function totalOf(counts: readonly StreamCount[]): Counts {
  const sum = (key: keyof Counts): number => counts.reduce((total, { [key]: number }) => total + number, 0);
  return {
    produced: sum('produced'),
    dropped: sum('dropped'),
    lost: sum('lost'),
    duplicated: sum('duplicated'),
    altered: sum('altered'),
    misordered: sum('misordered'),
  };
}

function deadByReason(counts: readonly StreamCount[]): Readonly<Record<string, number>> {
  const all: Record<string, number> = {};
  for (const { dead } of counts)
    for (const [reason, rows] of Object.entries(dead)) all[reason] = (all[reason] ?? 0) + rows;
  return all;
}

function latenciesOf(counts: readonly StreamCount[], snapshot: PublishedSnapshot | undefined): Latencies {
  return {
    bronze: quantiles(counts.flatMap(({ latencies }) => latencies.bronze)),
    ...(snapshot !== undefined && { gold: quantiles(counts.flatMap(({ latencies }) => latencies.gold)) }),
  };
}

/** Exactly once: nothing lost, nothing doubled, nothing changed, all in order. */
export function isClean({ lost, duplicated, altered, misordered }: Counts): boolean {
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
