import { join } from 'node:path';
import {
  makeKeys,
  startCollector,
  startLocalSnowpipe,
  type CollectorSource,
  type ManagedProcess,
} from '@das/testing';
import { STREAMS } from './streams';

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
  /** Collectors first, so that they drain; then the endpoint. */
  stop(): Promise<void>;
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

  return {
    lake,
    died,
    async counts() {
      const texts = await Promise.all(
        collectors.map(async ({ url }) => (await fetch(`${url}/metrics`)).text()),
      );
      const sum = (pattern: RegExp): number =>
        texts
          .flatMap((text) => text.split('\n'))
          .filter((line) => pattern.test(line))
          .reduce((total, line) => total + Number(line.slice(line.lastIndexOf(' '))), 0);
      return {
        committed: sum(/^das_rows_committed_total/),
        dead: sum(/^das_records_total\{.*outcome="dead"/),
        dropped: sum(/^das_records_total\{.*outcome="dropped"/),
      };
    },
    async stop() {
      stopping = true;
      await Promise.all(collectors.map(({ process }) => stopped(process)));
      await stopped(endpoint.process);
    },
  };
}

async function stopped(process: ManagedProcess): Promise<void> {
  if (process.exit === undefined) await process.stop();
}
