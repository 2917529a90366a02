import { setTimeout as sleep } from 'node:timers/promises';
import { dbtResults, startDbt, type DbtPlace } from '@das/testing';
import { usageOf, type Usage } from '../process-usage';

/** How often the process is looked at: what it has used is gone once it has ended. */
const LOOK_MS = 25;

export interface DbtRun {
  /** From the start of the process to its end. */
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakRssMb: number;
  /** Of each model, as dbt says. */
  readonly models: Readonly<Record<string, number>>;
}

/** One `dbt run` of every model, as a process of its own. @throws Error when it fails */
export async function measureRun(place: DbtPlace, stop: AbortSignal): Promise<DbtRun> {
  const startedMs = performance.now();
  const dbt = startDbt(['run'], place);
  const most = { cpuSeconds: 0, peakRssBytes: 0 };
  while (dbt.exit === undefined) {
    const { cpuSeconds, peakRssBytes } = look(dbt.pid ?? 0) ?? most;
    most.cpuSeconds = Math.max(most.cpuSeconds, cpuSeconds);
    // One that is ending has no memory any more.
    most.peakRssBytes = Math.max(most.peakRssBytes, peakRssBytes);
    if (stop.aborted) await dbt.stop();
    await sleep(LOOK_MS);
  }
  const seconds = (performance.now() - startedMs) / 1_000;
  if (dbt.exit !== 0) throw new Error(`dbt run ended with ${dbt.exit}:\n${dbt.tail(20)}`);
  const models = dbtResults(place)
    .filter(({ id }) => id.startsWith('model.'))
    .map(({ id, seconds: took }) => [id.slice(id.lastIndexOf('.') + 1), round(took)] as const);
  return {
    seconds: round(seconds),
    cpuSeconds: round(most.cpuSeconds),
    peakRssMb: Math.round(most.peakRssBytes / 2 ** 20),
    models: Object.fromEntries(models),
  };
}

/** Models that take what is new from BRONZE: their cost is to follow what is new. */
export function silverSeconds({ models }: DbtRun): number {
  return (models.orders_events ?? NaN) + (models.auth_events ?? NaN);
}

function look(pid: number): Usage | undefined {
  try {
    return usageOf(pid);
  } catch {
    // It ended between two looks.
    return undefined;
  }
}

function round(seconds: number): number {
  return Number(seconds.toFixed(3));
}
