import { z } from 'zod';

const TIMEOUT_MS = 5_000;

const about = z.object({
  collector: z.string(),
  version: z.string(),
  template: z.string().nullable(),
  domain: z.string(),
  stream: z.string(),
  contractVersion: z.string(),
  source: z.string(),
  upSeconds: z.number(),
});
const indicator = z.looseObject({ status: z.string() });
const health = z.object({ details: z.record(z.string(), indicator) });

/** One running collector, as its own endpoints tell it. */
export interface CollectorStatus extends Partial<z.output<typeof about>> {
  readonly url: string;
  readonly state: 'ready' | 'not ready' | 'unreachable';
  /** Why it is not ready, in its own words. */
  readonly reason?: string;
  /** Over all of its partitions: records that wait, and the age of the oldest in seconds. */
  readonly lagRecords?: number;
  readonly lagSeconds?: number;
}

/** Asks what runs at a URL; whatever goes wrong is an answer, too. */
export async function askCollector(url: string, signal: AbortSignal): Promise<CollectorStatus> {
  const ask = async (path: string): Promise<Response> =>
    fetch(new URL(path, url), {
      redirect: 'error',
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
  try {
    const [told, ready, metrics] = await Promise.all(['/about', '/health/ready', '/metrics'].map(ask));
    const known = about.safeParse(told?.ok === true ? await told.json() : undefined);
    if (!known.success) return { url, state: 'unreachable', reason: 'what answers there is no collector' };
    const text = (await metrics?.text()) ?? '';
    return {
      url,
      ...known.data,
      ...stateOf(ready?.ok === true, await ready?.json()),
      lagRecords: gauges(text, 'das_lag_records').reduce((sum, each) => sum + each, 0),
      lagSeconds: Math.max(0, ...gauges(text, 'das_lag_seconds')),
    };
  } catch {
    signal.throwIfAborted();
    return { url, state: 'unreachable', reason: 'nothing answers there' };
  }
}

function stateOf(isReady: boolean, answer: unknown): Pick<CollectorStatus, 'state' | 'reason'> {
  if (isReady) return { state: 'ready' };
  const { details = {} } = health.safeParse(answer).data ?? {};
  const down = Object.entries(details)
    .filter(([, { status }]) => status !== 'up')
    .map(
      ([what, { reason, waiting }]) =>
        `${what}: ${typeof reason === 'string' ? reason : JSON.stringify(waiting)}`,
    );
  return { state: 'not ready', reason: down.join('; ') || 'it does not say why' };
}

/** The values of a gauge, one for each of its label sets, in Prometheus' text. */
function gauges(text: string, name: string): readonly number[] {
  return [...text.matchAll(new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)$`, 'gm'))]
    .map(([, value]) => Number(value))
    .filter((value) => Number.isFinite(value));
}
