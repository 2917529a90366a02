import { join } from 'node:path';
import {
  makeKeys,
  startCollector,
  startLocalSnowpipe,
  type CollectorSource,
  type ManagedProcess,
} from '@das/testing';
import { STREAMS } from './streams';

/** How long a collector may take to tell its metrics. */
const ANSWER_MS = 2_000;

/** What the collectors say of themselves; the oracle does not rely on it. */
export interface FleetCounts {
  readonly committed: number;
  readonly dead: number;
  readonly dropped: number;
}

/** The endpoint and the collectors, as processes of their own. */
export interface Fleet {
  readonly lake: string;
  counts(): Promise<FleetCounts>;
  /** Rejects when a process ends that should not. */
  readonly died: Promise<never>;
  /** Collectors first, so that they drain; then the endpoint. Resolves to complaints of what did not end well. */
  stop(): Promise<readonly string[]>;
}

export async function startFleet(dir: string, source: CollectorSource): Promise<Fleet> {
  const lake = join(dir, 'lake');
  const keys = makeKeys(join(dir, 'keys'));
  const log = (name: string): string => join(dir, 'logs', `${name}.log`);
  const endpoint = await startLocalSnowpipe({ lake, logFile: log('local-snowpipe') });
  const collectors = await Promise.all(
    STREAMS.map(({ app }) =>
      startCollector({
        app,
        source,
        endpoint: endpoint.url,
        keys,
        logFile: log(app),
        env: { DAS_CLAIM_DIR: join(dir, 'claims') },
      }),
    ),
  );
  await Promise.all(collectors.map(({ process, url }) => process.answers(`${url}/health/ready`)));

  let stopping = false;
  const processes = [endpoint.process, ...collectors.map(({ process }) => process)];
  const died = new Promise<never>((_, reject) => {
    for (const process of processes) {
      void process.whenEnded().then((exit) => {
        if (!stopping) reject(new Error(`${process.name} ended unexpectedly (${exit}):\n${process.tail()}`));
      });
    }
  });
  died.catch(() => undefined);
  let last: FleetCounts = { committed: 0, dead: 0, dropped: 0 };

  return {
    lake,
    died,
    async counts() {
      // Whether a collector that does not answer has died is for `died` to say.
      last = await countsOf(collectors.map(({ url }) => url)).catch(() => last);
      return last;
    },
    async stop() {
      stopping = true;
      const drained = await Promise.all(collectors.map(({ process }) => stopped(process)));
      return [...drained.flat(), ...(await stopped(endpoint.process))];
    },
  };
}

async function countsOf(urls: readonly string[]): Promise<FleetCounts> {
  const ask = async (url: string): Promise<string> => {
    const response = await fetch(`${url}/metrics`, { signal: AbortSignal.timeout(ANSWER_MS) });
    return response.text();
  };
  const texts = await Promise.all(urls.map(ask));
  const lines = texts.flatMap((text) => text.split('\n'));
  const sum = (pattern: RegExp): number =>
    lines
      .filter((line) => pattern.test(line))
      .reduce((total, line) => total + Number(line.slice(line.lastIndexOf(' '))), 0);
  return {
    committed: sum(/^das_rows_committed_total/),
    dead: sum(/^das_records_total\{.*outcome="dead"/),
    dropped: sum(/^das_records_total\{.*outcome="dropped"/),
  };
}

/** @returns what there is to complain of */
async function stopped(process: ManagedProcess): Promise<readonly string[]> {
  if (process.exit !== undefined) return [];
  const exit = await process.stop();
  return exit === 0 ? [] : [`${process.name} did not stop cleanly (${exit}):\n${process.tail()}`];
}
