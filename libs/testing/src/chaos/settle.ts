import { until } from '../wait';
import type { ChaosFleet } from './chaos-fleet';
import type { LakeWatch } from './lake-watch';
import { TARGETS } from './report';

/** Longest wait for what is stranded: later it is not late, it is lost. */
const SETTLE_MS = 60_000;

/** How a calm ended. */
export interface Settled {
  /** From a stable group to the last commit. */
  readonly seconds: number;
  /** Records that were not committed ten seconds after the group was stable. */
  readonly stranded: number;
}

/**
 * Waits, without sending anything, until every record that was sent is committed.
 * @param last - the offset of each partition's last record
 */
export async function settle(
  fleet: ChaosFleet,
  watch: LakeWatch,
  last: ReadonlyMap<string, number>,
): Promise<Settled> {
  await fleet.heal();
  await fleet.stable();
  const stableMs = Date.now();
  fleet.note('the group is stable');
  const isSettled = (): boolean => {
    watch.look();
    return [...last].every(([partition, end]) => (watch.positions.get(partition) ?? -1) >= end);
  };
  await until('all is committed', isSettled, SETTLE_MS).catch((thrown: unknown) => {
    fleet.note(String(thrown));
  });
  const inTime = watch.positionsAt(stableMs + TARGETS.settleSeconds * 1000);
  let stranded = 0;
  for (const [partition, end] of last) {
    const missing = end - (inTime.get(partition) ?? -1);
    if (missing <= 0) continue;
    fleet.note(`partition ${partition} lacked ${missing} records after ten seconds`);
    stranded += missing;
  }
  const seconds = rounded(Math.max(0, (watch.times.at(-1) ?? Infinity) - stableMs) / 1000);
  fleet.note(`settled after ${seconds} s`);
  await fleet.ready();
  return { seconds, stranded };
}

/** To milliseconds, or to thousandths. */
export function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
