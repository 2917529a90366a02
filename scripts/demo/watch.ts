import { setTimeout as sleep } from 'node:timers/promises';
import type { Fleet } from './fleet';
import type { Producer } from './producer';
import type { Progress } from './progress';

const LOOK_MS = 250;
/** No commit for so long, with records waiting: something is stuck, and the recount will say what. */
const STUCK_MS = 30_000;

/** Shows progress until everything that was produced is accounted for, or nothing moves any more. */
export async function watch(
  producer: Producer,
  fleet: Fleet,
  progress: Progress,
  allSent: () => boolean,
  stop: AbortSignal,
): Promise<void> {
  let last = -1;
  let movedMs = performance.now();
  while (!stop.aborted) {
    const counts = await fleet.counts();
    progress.show(producer.produced, counts);
    const settled = counts.committed + counts.dropped;
    if (allSent() && settled >= producer.produced) return;
    if (settled !== last || !allSent()) movedMs = performance.now();
    last = settled;
    if (performance.now() - movedMs > STUCK_MS) return;
    await sleep(LOOK_MS, undefined, { signal: stop }).catch(() => undefined);
  }
}
