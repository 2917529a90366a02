import type { SourceKind } from './source-rig';

/** What a run did, and what came of it; counted by the oracle and from outside. */
export interface ChaosReport {
  readonly profile: 'chaos' | 'recovery';
  readonly source: SourceKind;
  readonly seed: number;
  readonly minutes: number;
  /** How often each kind of trouble was made. */
  readonly troubles: Readonly<Record<string, number>>;
  /** Events that the source took, to its word; it may hold more, and never fewer. */
  readonly acknowledged: number;
  /** Records in the source. */
  readonly produced: number;
  readonly rows: number;
  readonly dropped: number;
  readonly lost: number;
  readonly duplicated: number;
  readonly altered: number;
  readonly misordered: number;
  /** Partitions of which something was not committed in time after all was well again, without new events. */
  readonly stranded: number;
  /** What the source says is not done with, though everything is committed. */
  readonly left: readonly string[];
  /** From when all was well to the last commit, in seconds: of each calm. */
  readonly settleSeconds: readonly number[];
  readonly recordsPerSecond: number;
  /** The longest time without any commit while events flowed, in seconds. */
  readonly longestStallSeconds: number;
  /** Collectors that ended though nobody told them to. */
  readonly unexpectedExits: readonly string[];
  readonly recovery?: RecoveryReport;
}

/** Throughput and stalls while channels are invalidated. */
export interface RecoveryReport {
  /** Of as many events as are taken: without troubles, and with them. */
  readonly cleanPerSecond: number;
  readonly troubledPerSecond: number;
  /** Of the clean throughput, what was left; the target is 0.5. */
  readonly ratio: number;
  /** From each invalidation to the channel's next commit, in seconds, at a steady rate; the target is 2. */
  readonly stallSeconds: readonly number[];
  /** The same where the endpoint is given more than it can take, so that every commit is late. */
  readonly saturatedStallSeconds: readonly number[];
}

export const TARGETS = { ratio: 0.5, stallSeconds: 2 };

/** Everything that is wrong; nothing, if nothing is. */
export function complaints(report: ChaosReport): readonly string[] {
  const { acknowledged, produced, left, unexpectedExits, recovery } = report;
  const found: string[] = [];
  for (const key of ['lost', 'duplicated', 'altered', 'misordered', 'stranded'] as const)
    if (report[key] > 0) found.push(`${key}: ${report[key]}`);
  if (acknowledged > produced) found.push(`the source lacks ${acknowledged - produced} acknowledged events`);
  found.push(...left.map((what) => `left: ${what}`), ...unexpectedExits);
  if (recovery === undefined) return found;
  const longest = Math.max(...recovery.stallSeconds);
  if (recovery.ratio < TARGETS.ratio) found.push(`throughput fell to ${recovery.ratio} of clean`);
  if (!(longest < TARGETS.stallSeconds)) found.push(`a channel stalled for ${longest} s`);
  return found;
}
