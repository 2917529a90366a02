import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../wait';
import { longestGap } from './lake-watch';
import { Load } from './load';
import type { ChaosReport } from './report';
import { Run, type RunOptions } from './run';
import { rounded } from './settle';
import { TROUBLES } from './troubles';

/** The patience is the collectors' own default. */
const FLEET = { instances: 2, patienceSeconds: 30 };
const STEADY_PER_SECOND = 2_000;
const WARM_UP_RECORDS = 50_000;
const WARM_UP_MS = 120_000;
/** As Snowflake tests its own connector: a channel is invalidated every so many seconds. */
const SHORTEST_WAIT_S = 5;
const LONGEST_WAIT_S = 120;
/** Every so many troubles a process is restarted instead. */
const RESTART_EVERY = 4;
const RESTARTS = TROUBLES.filter(({ name }) =>
  ['kill-collector', 'kill-endpoint', 'stop-collector'].includes(name),
);
/** A channel that stands still for longer will not go on by itself. */
const STALL_BOUND_MS = 60_000;

/**
 * Throughput of as much as is taken, without troubles and while channels are invalidated and some processes
 * restarted; then, at a rate that the endpoint can commit as it comes, how long an invalidated channel stands
 * still. Each takes a third of the time.
 */
export async function runRecovery(
  options: Omit<RunOptions, 'source'>,
  { minutes }: { readonly minutes: number },
): Promise<ChaosReport> {
  return Run.with({ ...options, source: 'kafka' }, FLEET, async (run) => {
    const phaseMs = (minutes * 60_000) / 3;
    const load = new Load(run);
    await until('it runs', () => load.committed() > WARM_UP_RECORDS, WARM_UP_MS);
    run.fleet.note('clean phase');
    const clean = await load.rateDuring(() => pause(run, phaseMs));
    run.fleet.note('troubled phase');
    const saturatedStallSeconds: number[] = [];
    const troubled = await load.rateDuring(() => trouble(run, phaseMs, saturatedStallSeconds));
    await load.end();
    run.fleet.note('steady phase');
    const sinceMs = Date.now();
    const stallSeconds: number[] = [];
    run.flow.start(STEADY_PER_SECOND);
    await trouble(run, phaseMs, stallSeconds);
    const longestStallSeconds = rounded(longestGap(run.watch.times, sinceMs) / 1000);
    await run.calm(TROUBLES.filter(({ name }) => name === 'invalidate-channel'));
    const recovery = {
      cleanPerSecond: Math.round(clean),
      troubledPerSecond: Math.round(troubled),
      ratio: rounded(troubled / clean),
      stallSeconds,
      saturatedStallSeconds,
    };
    return run.report({ profile: 'recovery', longestStallSeconds, recovery });
  });
}

async function trouble(run: Run, phaseMs: number, stallSeconds: number[]): Promise<void> {
  const endMs = Date.now() + phaseMs;
  // A short run sees several all the same.
  const longestS = Math.max(SHORTEST_WAIT_S + 1, Math.min(LONGEST_WAIT_S, phaseMs / 8_000));
  for (let made = 0; ; made++) {
    const waitMs = (SHORTEST_WAIT_S + run.random.next() * (longestS - SHORTEST_WAIT_S)) * 1000;
    await pause(run, Math.min(waitMs, endMs - Date.now()));
    if (run.isInterrupted || Date.now() >= endMs) return;
    if (made % RESTART_EVERY === RESTART_EVERY - 1) await run.make(run.random.pick(RESTARTS));
    else stallSeconds.push(await invalidate(run));
  }
}

/** @returns the seconds from before the request until a commit of a later opening is in the lake */
async function invalidate(run: Run): Promise<number> {
  const partition = run.random.pick(run.fleet.rig.partitions());
  const { faulty } = run.fleet;
  const channel = run.fleet.channelOf(partition);
  const startedMs = Date.now();
  await run.make({
    name: 'invalidate-channel',
    weight: 1,
    async make() {
      await faulty.commit({ kind: 'invalidate-channel', channel });
      return channel;
    },
  });
  // A commit that was under way is done once this was answered.
  const answeredMs = Date.now();
  let nextMs = Infinity;
  const isCommitted = (): boolean => {
    run.watch.look();
    const commits = run.watch.commits.get(partition) ?? [];
    nextMs = commits.reduce(
      (least, { atMs }) => (atMs > answeredMs ? Math.min(least, atMs) : least),
      Infinity,
    );
    return nextMs < Infinity;
  };
  await until('the channel goes on', isCommitted, STALL_BOUND_MS);
  const seconds = rounded((nextMs - startedMs) / 1000);
  run.fleet.note(`partition ${partition} went on after ${seconds} s`);
  return seconds;
}

async function pause(run: Run, ms: number): Promise<void> {
  const endMs = Date.now() + ms;
  while (!run.isInterrupted && Date.now() < endMs) await sleep(Math.min(200, endMs - Date.now()));
}
