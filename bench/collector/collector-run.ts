import { setTimeout as sleep } from 'node:timers/promises';
import { CollectorPair } from '../collector-pair';
import { measured, type Measured } from './measured';

const LONGEST_MS = 1_200_000;
const FIRST_LOOK_MS = 20;
/** Looking costs the collector too: seldom, and more often near the end. */
const LOOK_MS = 500;
const LAST_LOOKS_MS = 50;
const NEAR = 0.97;

export interface CollectorRun {
  readonly brokers: readonly string[];
  readonly events: number;
  readonly against: 'discard' | 'lake';
  readonly node: string | undefined;
  readonly profile: string | undefined;
  readonly dir: string;
  readonly progress: (committed: number) => void;
}

/**
 * The shipped orders collector, as a process, from its first record to the knowledge that the last one is
 * committed. What it read before the first look, and its start, are left out of events, time and CPU alike.
 */
export async function measureCollector(run: CollectorRun): Promise<Measured> {
  const { brokers, events, against, node, profile, dir, progress } = run;
  const pair = await CollectorPair.start({
    brokers,
    dir,
    node,
    endpointArgs: against === 'discard' ? ['--discard'] : [],
    nodeArgs: profile === undefined ? [] : ['--cpu-prof', '--cpu-prof-dir', profile],
  });
  try {
    await pair.live();
    const endMs = performance.now() + LONGEST_MS;
    const look = async (name: string, ms: number): Promise<number> => {
      await sleep(ms);
      if (performance.now() > endMs) throw new Error('the collector did not get to the end');
      return pair.metric(name);
    };
    let before = 0;
    while (before === 0) before = await look('das_records_total', FIRST_LOOK_MS);
    const started = { ms: performance.now(), ...pair.usage() };
    for (let committed = 0; committed < events;) {
      committed = await look('das_rows_committed_total', committed < events * NEAR ? LOOK_MS : LAST_LOOKS_MS);
      progress(committed);
    }
    const { cpuSeconds, peakRssBytes } = pair.usage();
    return measured({
      events: events - before,
      seconds: (performance.now() - started.ms) / 1000,
      cpuSeconds: cpuSeconds - started.cpuSeconds,
      peakRssBytes,
    });
  } finally {
    await pair.stop();
  }
}
