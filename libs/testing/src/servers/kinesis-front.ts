import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** Errors of the service that its stand-in does not make of itself. */
export type KinesisFault = 'ProvisionedThroughputExceededException' | 'ExpiredIteratorException';

/** kinesalite never answers the question for records as late as a time at which there are none. */
const NO_ANSWER_MS = 250;

/** A read of a shard, as it came. */
export interface ShardRead {
  readonly shard: string;
  readonly atMs: number;
}

/**
 * Passes requests on to kinesalite, and fails them as it is told to; it can be away. It gives each shard the service's
 * five reads a second, and no more, where it is told to.
 */
export class KinesisFront {
  readonly reads: ShardRead[] = [];
  /** Reads of one shard within a second; more are refused. */
  readsPerSecond = Infinity;
  refused = 0;
  private server: Server | undefined;
  private port = 0;
  private faults: KinesisFault[] = [];
  /** Which shard an iterator reads. */
  private readonly shards = new Map<string, string>();

  constructor(private readonly target: string) {}

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** At the same address each time. */
  async start(): Promise<this> {
    const server = createServer((request, response) => {
      this.answer(request, response).catch(() => response.destroy());
    });
    await new Promise<void>((resolve) => server.listen(this.port, '127.0.0.1', resolve));
    this.port = (server.address() as AddressInfo).port;
    this.server = server;
    return this;
  }

  /** From now on nobody listens. */
  async stop(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    if (server === undefined) return;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }

  /** The next reads of records fail so, one each. */
  failReads(...faults: readonly KinesisFault[]): void {
    this.faults.push(...faults);
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString('utf8');
    const operation = String(request.headers['x-amz-target']).replace(/^.*\./, '');
    const asked = JSON.parse(body || '{}') as Readonly<Record<string, string>>;
    const fault = operation === 'GetRecords' ? this.judgeRead(asked.ShardIterator ?? '') : undefined;
    if (fault !== undefined) {
      response.writeHead(400, { 'content-type': 'application/x-amz-json-1.1' });
      response.end(JSON.stringify({ __type: fault, message: 'a-raw-message of 123456789012' }));
      return;
    }
    const answer = await this.forward(request, body, asked);
    const text = await answer.text();
    this.learn(asked, text);
    response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(text);
  }

  private judgeRead(iterator: string): KinesisFault | undefined {
    const shard = this.shards.get(iterator) ?? '?';
    const atMs = performance.now();
    const lately = this.reads.filter((read) => read.shard === shard && read.atMs > atMs - 1_000).length;
    if (lately >= this.readsPerSecond) {
      this.refused++;
      return 'ProvisionedThroughputExceededException';
    }
    this.reads.push({ shard, atMs });
    return this.faults.shift();
  }

  private async forward(
    request: IncomingMessage,
    body: string,
    asked: Readonly<Record<string, string>>,
  ): Promise<Response> {
    const names = /^(host|connection|content-length|accept-encoding)$/;
    const headers = Object.fromEntries(
      Object.entries(request.headers)
        .filter(([name]) => !names.test(name))
        .map(([name, value]) => [name, String(value)]),
    );
    const ask = (text: string) => fetch(this.target, { method: 'POST', headers, body: text });
    if (asked.ShardIteratorType !== 'AT_TIMESTAMP') return ask(body);
    const latest = JSON.stringify({ ...asked, ShardIteratorType: 'LATEST', Timestamp: undefined });
    const answer = await Promise.race([ask(body), sleep(NO_ANSWER_MS, undefined)]);
    return answer ?? ask(latest);
  }

  private learn(asked: Readonly<Record<string, string>>, text: string): void {
    const { ShardIterator, NextShardIterator } = JSON.parse(text || '{}') as Readonly<Record<string, string>>;
    const shard = asked.ShardId ?? this.shards.get(asked.ShardIterator ?? '');
    if (shard === undefined) return;
    for (const iterator of [ShardIterator, NextShardIterator])
      if (iterator !== undefined) this.shards.set(iterator, shard);
  }
}
