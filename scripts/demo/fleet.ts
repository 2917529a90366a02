import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeKeys, startCollector, startDas, startLocalSnowpipe, type ManagedProcess } from '@das/testing';
import type { FedStream } from './feeds/open-feeds';
import { readSnapshot, tablesOf } from './refined';

/** How long all collectors may take to be ready, beside each other. */
const READY_MS = 60_000;
/** How long a collector may take to tell its metrics. */
const ANSWER_MS = 2_000;
/** Between a build and the next one: it shares the machine with all the others. */
const PAUSE_SECONDS = 2;
/** What the das command says of an interruption that was asked for. */
const INTERRUPTED = 130;

/** What collectors and transformer say of themselves; the oracle does not rely on it. */
export interface FleetCounts {
  readonly committed: number;
  /** By domain. */
  readonly committedOf: ReadonlyMap<string, number>;
  readonly dead: number;
  readonly dropped: number;
  /** Events that the published GOLD is made of; undefined where none is made. */
  readonly refined: number | undefined;
}

/** The endpoint, the collectors and the transformer, as processes of their own. */
export interface Fleet {
  readonly lake: string;
  /** The key ring, in clear. */
  readonly phiKeyFile: string;
  /** Where SILVER and GOLD are published; undefined: they are not made. */
  readonly refined: string | undefined;
  counts(): Promise<FleetCounts>;
  /** Rejects when a process ends that should not. */
  readonly died: Promise<never>;
  /** Collectors first, so that they drain; then the transformer, and the endpoint. Resolves to complaints of what did not end well. */
  stop(): Promise<readonly string[]>;
}

export async function startFleet(
  dir: string,
  streams: readonly FedStream[],
  { bronzeOnly }: { readonly bronzeOnly: boolean },
): Promise<Fleet> {
  const refined = bronzeOnly ? undefined : join(dir, 'refined');
  const lake = join(dir, 'lake');
  const keys = makeKeys(join(dir, 'keys'));
  const log = (name: string): string => join(dir, 'logs', `${name}.log`);
  const endpoint = await startLocalSnowpipe({ lake, logFile: log('local-snowpipe') });
  const collectors = await Promise.all(
    streams.map(async ({ app, contract, feed }) => ({
      domain: contract.domain,
      ...(await startCollector({
        app,
        source: feed.source,
        endpoint: endpoint.url,
        keys,
        logFile: log(app),
        env: { DAS_CLAIM_DIR: join(dir, 'claims') },
      })),
    })),
  );
  writeFileSync(targetsFile(dir), targetsOf(collectors));
  await Promise.all(collectors.map(({ process, url }) => process.answers(`${url}/health/ready`, READY_MS)));

  const transformer =
    refined === undefined
      ? undefined
      : startDas(
          ['transform', '--watch', String(PAUSE_SECONDS)],
          { DAS_LAKE: lake, DAS_REFINED: refined },
          log('transform'),
        );

  let stopping = false;
  const processes = [endpoint.process, ...collectors.map(({ process }) => process)].concat(transformer ?? []);
  const died = new Promise<never>((_, reject) => {
    for (const process of processes) {
      void process.whenEnded().then((exit) => {
        if (!stopping) reject(new Error(`${process.name} ended unexpectedly (${exit}):\n${process.tail()}`));
      });
    }
  });
  died.catch(() => undefined);
  let last: FleetCounts = {
    committed: 0,
    committedOf: new Map(),
    dead: 0,
    dropped: 0,
    refined: undefined,
  };

  return {
    lake,
    phiKeyFile: keys.phiKeyFile,
    refined,
    died,
    async counts() {
      // Whether a collector that does not answer has died is for `died` to say.
      last = await countsOf(collectors, refined).catch(() => last);
      return last;
    },
    async stop() {
      stopping = true;
      const drained = await Promise.all(collectors.map(({ process }) => stopped(process)));
      const transformed = transformer === undefined ? [] : await stopped(transformer, INTERRUPTED);
      return [...drained.flat(), ...transformed, ...(await stopped(endpoint.process))];
    },
  };
}

/** What `das fleet status` and Prometheus read to know where the collectors are. */
export function targetsFile(dir: string): string {
  return join(dir, 'collectors.json');
}

function targetsOf(collectors: readonly Counted[]): string {
  const targets = collectors.map(({ url }) => new URL(url).host);
  return `${JSON.stringify([{ targets }], null, 2)}\n`;
}

interface Counted {
  readonly domain: string;
  readonly url: string;
}

async function countsOf(collectors: readonly Counted[], refined: string | undefined): Promise<FleetCounts> {
  const counts = await Promise.all(collectors.map(countsAt));
  const sum = (key: 'committed' | 'dead' | 'dropped'): number =>
    counts.reduce((total, { [key]: number }) => total + number, 0);
  const committedOf = new Map<string, number>();
  for (const { domain, committed } of counts)
    committedOf.set(domain, (committedOf.get(domain) ?? 0) + committed);
  const domains = new Set(collectors.map(({ domain }) => domain));
  return {
    committed: sum('committed'),
    committedOf,
    dead: sum('dead'),
    dropped: sum('dropped'),
    refined: refined === undefined ? undefined : eventsIn(refined, domains),
  };
}

async function countsAt({ domain, url }: Counted) {
  const response = await fetch(`${url}/metrics`, { signal: AbortSignal.timeout(ANSWER_MS) });
  const lines = (await response.text()).split('\n');
  const sum = (pattern: RegExp): number =>
    lines
      .filter((line) => pattern.test(line))
      .reduce((total, line) => total + Number(line.slice(line.lastIndexOf(' '))), 0);
  return {
    domain,
    committed: sum(/^das_rows_committed_total/),
    dead: sum(/^das_records_total\{.*outcome="dead"/),
    dropped: sum(/^das_records_total\{.*outcome="dropped"/),
  };
}

/** Rows of SILVER, which is published together with the GOLD that is made of it. */
function eventsIn(refined: string, domains: ReadonlySet<string>): number {
  const snapshot = readSnapshot(refined);
  if (snapshot === undefined) return 0;
  return [...domains]
    .flatMap((domain) => Object.values(tablesOf(snapshot, 'SILVER', domain)))
    .reduce((sum, rows) => sum + rows, 0);
}

/** @returns what there is to complain of */
async function stopped(process: ManagedProcess, clean = 0): Promise<readonly string[]> {
  if (process.exit !== undefined) return [];
  const exit = await process.stop();
  return exit === clean ? [] : [`${process.name} did not stop cleanly (${exit}):\n${process.tail()}`];
}
