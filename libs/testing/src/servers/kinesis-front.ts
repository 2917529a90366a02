import type { IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { AwsFront } from './aws-front';

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
export class KinesisFront extends AwsFront {
  readonly reads: ShardRead[] = [];
  /** Reads of one shard within a second; more are refused. */
  readsPerSecond = Infinity;
  refused = 0;
  private faults: KinesisFault[] = [];
  /** Which shard an iterator reads. */
  private readonly shards = new Map<string, string>();

  /** The next reads of records fail so, one each. */
  failReads(...faults: readonly KinesisFault[]): void {
    this.faults.push(...faults);
  }

  protected async answer(
    request: IncomingMessage,
    operation: string,
    bytes: Buffer,
  ): Promise<string | Response> {
    const body = bytes.toString('utf8');
    const asked = JSON.parse(body || '{}') as Readonly<Record<string, string>>;
    const fault = operation === 'GetRecords' ? this.judgeRead(asked.ShardIterator ?? '') : undefined;
    if (fault !== undefined) return fault;
    const answer = await this.passOn(request, body, asked);
    this.learn(asked, await answer.clone().text());
    return answer;
  }

  private judgeRead(iterator: string): KinesisFault | undefined {
    const shard = this.shards.get(iterator) ?? '?';
    const atMs = performance.now();
    if (this.readsOf(shard, atMs - 1_000) >= this.readsPerSecond) {
      this.refused++;
      return 'ProvisionedThroughputExceededException';
    }
    this.reads.push({ shard, atMs });
    return this.faults.shift();
  }

  /** Those that came since then; a long run has many that came before. */
  private readsOf(shard: string, sinceMs: number): number {
    const first = this.reads.findLastIndex(({ atMs }) => atMs <= sinceMs) + 1;
    return this.reads.slice(first).filter((read) => read.shard === shard).length;
  }

  private async passOn(
    request: IncomingMessage,
    body: string,
    asked: Readonly<Record<string, string>>,
  ): Promise<Response> {
    if (asked.ShardIteratorType !== 'AT_TIMESTAMP') return this.forward(request, body);
    const latest = JSON.stringify({ ...asked, ShardIteratorType: 'LATEST', Timestamp: undefined });
    const answer = await Promise.race([this.forward(request, body), sleep(NO_ANSWER_MS, undefined)]);
    return answer ?? this.forward(request, latest);
  }

  private learn(asked: Readonly<Record<string, string>>, text: string): void {
    const { ShardIterator, NextShardIterator } = JSON.parse(text || '{}') as Readonly<Record<string, string>>;
    const shard = asked.ShardId ?? this.shards.get(asked.ShardIterator ?? '');
    if (shard === undefined) return;
    for (const iterator of [ShardIterator, NextShardIterator])
      if (iterator !== undefined) this.shards.set(iterator, shard);
  }
}
