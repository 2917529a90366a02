import { setTimeout as sleep } from 'node:timers/promises';
import type { Fleet } from './fleet';
import { filesAhead, readSnapshot } from './refined';
import type { DemoStream } from './streams';
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

/** Builds that bring nothing new into GOLD for so long: something is stuck, and the recount will say what. */
const NOT_REFINED_MS = 120_000;

/**
 * Shows progress until GOLD is made of all that is in BRONZE.
 * @returns false: it did not come to that
 */
export async function watchRefined(
  producer: Producer,
  fleet: Fleet,
  streams: readonly DemoStream[],
  progress: Progress,
  stop: AbortSignal,
): Promise<boolean> {
  const { lake, refined } = fleet;
  if (refined === undefined) return true;
  let folder: string | undefined;
  let movedMs = performance.now();
  while (!stop.aborted && performance.now() - movedMs < NOT_REFINED_MS) {
    progress.show(producer.produced, await fleet.counts());
    const snapshot = readSnapshot(refined);
    // What is published does not change: it is looked at once.
    if (snapshot !== undefined && snapshot.folder !== folder) {
      folder = snapshot.folder;
      movedMs = performance.now();
      const ahead = await Promise.all(streams.map(({ contract }) => filesAhead(snapshot, lake, contract)));
      if (ahead.every((files) => files === 0)) return true;
    }
    await sleep(LOOK_MS, undefined, { signal: stop }).catch(() => undefined);
  }
  return false;
}
