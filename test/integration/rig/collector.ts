import { readFileSync } from 'node:fs';
import { ordersEventsV1 } from '@contracts/brook-commerce';
import type { StreamContract } from '@das/contracts';
import { createSealer } from '@das/dead-letters';
import { readKeyFile } from '@das/keys';
import {
  ByteBudget,
  Ingest,
  parse,
  systemClock,
  type Failure,
  type Gap,
  type PipelineObserver,
  type Source,
} from '@das/pipeline';
import { createSnowpipeSink, type SnowpipeLimits } from '@das/snowpipe';
import { silentObserver, until, type RunKeys } from '@das/testing';

const MEGABYTE = 1024 * 1024;

/** What of a collector a test chooses. */
export interface CollectorOptions {
  readonly name: string;
  readonly source: Source;
  readonly endpoint: string;
  readonly keys: RunKeys;
  /** What differs from the shipped contract of the orders. */
  readonly contract?: Partial<StreamContract>;
  readonly limits?: Partial<SnowpipeLimits>;
  readonly commitPatienceMs?: number;
}

/** The real pipeline between a real source and a real sink, in this process, so that a test sees all of it. */
export class Collector {
  readonly ingest: Ingest;
  /** Failures of partitions, in order. */
  readonly failures: Failure[] = [];
  readonly sourceFailures: Failure[] = [];
  readonly fatal: Failure[] = [];
  readonly gaps: Gap[] = [];
  /** Requests to the service: operation, status and which try it was. */
  readonly requests: { readonly operation: string; readonly status: number; readonly attempt: number }[] = [];
  readonly counts = { landed: 0, dead: 0, dropped: 0, committed: 0, rejected: 0, openings: 0, heldBytes: 0 };

  constructor({
    name,
    source,
    endpoint,
    keys,
    contract,
    limits,
    commitPatienceMs = 60_000,
  }: CollectorOptions) {
    const provider = readKeyFile(keys.phiKeyFile);
    const { table } = ordersEventsV1;
    this.ingest = new Ingest({
      collector: name,
      version: '1.0.0',
      contract: { ...ordersEventsV1, ...contract },
      steps: [parse()],
      source,
      sink: createSnowpipeSink({
        accountUrl: endpoint,
        account: 'LOCAL',
        user: 'COLLECTOR',
        privateKeyPem: readFileSync(keys.privateKeyPath, 'utf8'),
        database: table.database,
        schema: table.schema,
        pipe: `${table.name}-STREAMING`,
        limits: { pollMs: 20, idlePollMs: 500, longestBackoffMs: 200, ...limits },
        observer: { requestFinished: (request) => void this.requests.push(request) },
      }),
      clock: systemClock,
      keys: provider,
      sealer: createSealer({
        keys: provider,
        claims: { deposit: () => 'claim', redeem: () => undefined },
        maxInlineBytes: MEGABYTE,
      }),
      budget: new ByteBudget({ processBytes: 64 * MEGABYTE, partitionBytes: 16 * MEGABYTE }),
      observer: this.observer(),
      checkpointMs: 50,
      setupRetryMs: 200,
      commitPatienceMs,
      onSourceFailure: (failure) => {
        if (failure !== undefined) this.sourceFailures.push(failure);
      },
      onFatal: (failure) => {
        this.fatal.push(failure);
      },
    });
  }

  async start(): Promise<this> {
    await this.ingest.start();
    return this;
  }

  /** @returns whether all that was read was committed */
  async stop(): Promise<boolean> {
    return this.ingest.stop(10_000);
  }

  /** Ends as kill -9 does, as far as the service and the source can tell: nothing is waited for. */
  async abandon(): Promise<void> {
    await this.ingest.stop(0);
  }

  /** Requests of a kind, each try counted. */
  count(operation: string): number {
    return this.requests.filter((request) => request.operation === operation).length;
  }

  /** @throws Error when so many rows are not committed in time */
  async committed(rows: number): Promise<void> {
    await until(`${rows} rows are committed`, () => this.counts.committed >= rows);
  }

  /** @throws Error when the first partition does not wait for somebody in time */
  async stopped(code: string): Promise<Failure> {
    let found: Failure | undefined;
    await until(`the partition waits because of ${code}`, () => {
      found = this.ingest.health().partitions.find(({ failure }) => failure?.code === code)?.failure;
      return found !== undefined;
    });
    if (found === undefined) throw new Error('until has ended too soon');
    return found;
  }

  private observer(): PipelineObserver {
    const { counts } = this;
    return {
      ...silentObserver,
      settled: (_partition, outcome) => {
        counts[outcome]++;
      },
      committed: (_partition, { rows }) => void (counts.committed += rows),
      rejected: (_partition, rows) => void (counts.rejected += rows),
      running: () => {
        counts.openings++;
      },
      failed: (_partition, failure) => void this.failures.push(failure),
      gap: (_partition, gap) => void this.gaps.push(gap),
      bytesHeld: (bytes) => void (counts.heldBytes = bytes),
    };
  }
}
