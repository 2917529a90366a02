import { until } from '../wait';
import type { ChaosFleet } from './chaos-fleet';
import { shortOf, type LakeWatch } from './lake-watch';
import type { Ends } from './source-rig';

/** Longest wait for what is stranded: later it is not late, it is lost. */
const SETTLE_MS = 60_000;

/** How a calm ended. */
export interface Settled {
  /** From when all was well to the last commit. */
  readonly seconds: number;
  /** Partitions of which something was not committed so long after as the source may take. */
  readonly stranded: number;
  /** What is left to do for the source though everything is committed. */
  readonly left: readonly string[];
}

/** Waits, without sending anything, until every record that was sent is committed, and the source is done with it. */
export async function settle(fleet: ChaosFleet, watch: LakeWatch, ends: Ends): Promise<Settled> {
  await fleet.heal();
  await fleet.stable();
  const stableMs = Date.now();
  fleet.note('all is well');
  const isSettled = (): boolean => {
    watch.look();
    return shortOf(ends, watch.positions).length === 0;
  };
  const noted = (thrown: unknown): void => {
    fleet.note(String(thrown));
  };
  await until('all is committed', isSettled, SETTLE_MS).catch(noted);
  const stranded = shortOf(ends, watch.positionsAt(stableMs + fleet.rig.settleSeconds * 1000));
  for (const partition of stranded)
    fleet.note(`partition ${partition} was short after ${fleet.rig.settleSeconds} s`);
  const seconds = rounded(Math.max(0, (watch.times.at(-1) ?? Infinity) - stableMs) / 1000);
  fleet.note(`settled after ${seconds} s`);
  await fleet.ready();
  let left: readonly string[] = [];
  const isDone = async (): Promise<boolean> => {
    const before = left.join();
    left = await fleet.rig.left();
    if (left.join() !== before) fleet.note(`left: ${left.join(', ')}`);
    return left.length === 0;
  };
  await until('nothing is left to do', isDone, SETTLE_MS).catch(noted);
  return { seconds, stranded: stranded.length, left };
}

/** To milliseconds, or to thousandths. */
export function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
