import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeKeys, startCollector, startLocalSnowpipe } from '@das/testing';
import { measured, type Measured } from './measured';
import { usageOf } from './process-usage';

const LONGEST_MS = 1_200_000;
const FIRST_LOOK_MS = 20;
const LOOK_MS = 100;

export interface CollectorRun {
  readonly brokers: readonly string[];
  readonly events: number;
  readonly against: 'discard' | 'lake';
  readonly profile: string | undefined;
  readonly dir: string;
  readonly progress: (committed: number) => void;
}

/**
 * The shipped orders collector, as a process, from its first record to the knowledge that the last one is
 * committed. What it read before the first look, and its start, are left out of events, time and CPU alike.
 */
export async function measureCollector(run: CollectorRun): Promise<Measured> {
  const { brokers, events, against, profile, dir, progress } = run;
  const endpoint = await startLocalSnowpipe({
    lake: join(dir, 'lake'),
    logFile: join(dir, 'endpoint.log'),
    args: against === 'discard' ? ['--discard'] : [],
  });
  const { process, url } = await startCollector({
    app: 'orders-events-collector',
    source: { kind: 'kafka', brokers },
    endpoint: endpoint.url,
    keys: makeKeys(join(dir, 'keys')),
    logFile: join(dir, 'collector.log'),
    ...(profile !== undefined && { nodeArgs: ['--cpu-prof', '--cpu-prof-dir', profile] }),
  });
  try {
    const { pid } = process;
    if (pid === undefined) throw new Error(`the collector did not start:\n${process.tail()}`);
    await process.answers(`${url}/health/live`);
    const endMs = performance.now() + LONGEST_MS;
    const look = async (name: string, ms: number): Promise<number> => {
      await sleep(ms);
      if (process.exit !== undefined) throw new Error(`the collector ended:\n${process.tail()}`);
      if (performance.now() > endMs)
        throw new Error(`the collector did not get to the end:\n${process.tail()}`);
      return sumOf(await (await fetch(`${url}/metrics`)).text(), name);
    };
    let before = 0;
    while (before === 0) before = await look('das_records_total', FIRST_LOOK_MS);
    const started = { ms: performance.now(), ...usageOf(pid) };
    for (let committed = 0; committed < events;) {
      committed = await look('das_rows_committed_total', LOOK_MS);
      progress(committed);
    }
    const { cpuSeconds, peakRssBytes } = usageOf(pid);
    return measured({
      events: events - before,
      seconds: (performance.now() - started.ms) / 1000,
      cpuSeconds: cpuSeconds - started.cpuSeconds,
      peakRssBytes,
    });
  } finally {
    await process.stop();
    await endpoint.process.stop();
  }
}

function sumOf(metrics: string, name: string): number {
  let sum = 0;
  for (const line of metrics.split('\n')) {
    if (line.startsWith(`${name}{`)) sum += Number(line.slice(line.lastIndexOf(' ')));
  }
  return sum;
}
