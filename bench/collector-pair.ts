import { join } from 'node:path';
import { makeKeys, startCollector, startLocalSnowpipe, type ManagedProcess } from '@das/testing';
import { usageOf, type Usage } from './process-usage';

export interface PairOptions {
  readonly brokers: readonly string[];
  readonly dir: string;
  readonly endpointArgs?: readonly string[];
  readonly node?: string | undefined;
  readonly nodeArgs?: readonly string[];
}

/** The shipped orders collector and the endpoint that it writes to, as processes. */
export class CollectorPair {
  private constructor(
    readonly endpointUrl: string,
    readonly url: string,
    private readonly endpoint: ManagedProcess,
    private readonly collector: ManagedProcess,
  ) {}

  static async start({
    brokers,
    dir,
    endpointArgs = [],
    node,
    nodeArgs = [],
  }: PairOptions): Promise<CollectorPair> {
    const endpoint = await startLocalSnowpipe({
      lake: join(dir, 'lake'),
      logFile: join(dir, 'endpoint.log'),
      args: endpointArgs,
    });
    const { process, url } = await startCollector({
      app: 'orders-events-collector',
      source: { kind: 'kafka', brokers },
      endpoint: endpoint.url,
      keys: makeKeys(join(dir, 'keys')),
      logFile: join(dir, 'collector.log'),
      ...(node !== undefined && { node }),
      nodeArgs,
    });
    return new CollectorPair(endpoint.url, url, endpoint.process, process);
  }

  async live(): Promise<void> {
    await this.collector.answers(`${this.url}/health/live`);
  }

  async ready(): Promise<void> {
    await this.collector.answers(`${this.url}/health/ready`, 60_000);
  }

  /** Of the collector so far. @throws Error when it has ended */
  usage(): Usage {
    this.checkIsUp();
    return usageOf(this.collector.pid ?? 0);
  }

  /** The sum over all labels. @throws Error when it has ended */
  async metric(name: string): Promise<number> {
    this.checkIsUp();
    const text = await (await fetch(`${this.url}/metrics`)).text();
    let sum = 0;
    for (const line of text.split('\n')) {
      if (line.startsWith(`${name}{`)) sum += Number(line.slice(line.lastIndexOf(' ')));
    }
    return sum;
  }

  async stop(): Promise<void> {
    await this.collector.stop();
    await this.endpoint.stop();
  }

  private checkIsUp(): void {
    if (this.collector.exit !== undefined) throw new Error(`the collector ended:\n${this.collector.tail()}`);
  }
}
