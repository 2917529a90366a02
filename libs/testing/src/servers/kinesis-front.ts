import type { IncomingMessage } from 'node:http';
import { AwsFront } from './aws-front';
import { PAGE } from './kinesalite-pages';

/** Errors of the service that its stand-in does not make of itself. */
export type KinesisFault = 'ProvisionedThroughputExceededException' | 'ExpiredIteratorException';

/** Of a full page. */
const BEHIND_MS = 1_000;

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
  /** Of each request that put records into a shard: the first of them, and when it was answered; by stream and shard. */
  private readonly puts = new Map<string, { readonly sequence: string; readonly atMs: number }[]>();
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
    if (operation === 'GetRecords') return this.readPage(request, body, asked);
    const answer = await this.passOn(request, body, asked);
    if (operation === 'DeleteStream') this.puts.clear();
    this.learn(asked, await answer.clone().text());
    return answer;
  }

  /** kinesalite never says that records lie behind a page: behind a full one they do, or may. */
  private async readPage(
    request: IncomingMessage,
    body: string,
    asked: Readonly<Record<string, string>>,
  ): Promise<Response> {
    const answer = await this.forward(request, body);
    const text = await answer.text();
    this.learn(asked, text);
    const page = JSON.parse(text || '{}') as Answer;
    const isFull = (page.Records ?? []).length === Math.min(Number(asked.Limit ?? PAGE), PAGE);
    const headers = new Headers(answer.headers);
    // It may have another length now.
    headers.delete('content-length');
    const behind = JSON.stringify({ ...page, MillisBehindLatest: BEHIND_MS });
    return new Response(isFull ? behind : text, { status: answer.status, headers });
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

  /**
   * kinesalite looks through a whole shard for what came at a time, and never answers where nothing did: it is asked for
   * the first record that was put then, or a little before.
   */
  private async passOn(
    request: IncomingMessage,
    body: string,
    asked: Readonly<Record<string, string>>,
  ): Promise<Response> {
    const { ShardIteratorType, StreamName, ShardId, Timestamp } = asked;
    if (ShardIteratorType !== 'AT_TIMESTAMP') return this.forward(request, body);
    const sinceMs = Number(Timestamp) * 1000;
    const first = this.puts.get(`${StreamName}/${ShardId}`)?.find(({ atMs }) => atMs >= sinceMs);
    const iterator =
      first === undefined
        ? { ShardIteratorType: 'LATEST' }
        : { ShardIteratorType: 'AT_SEQUENCE_NUMBER', StartingSequenceNumber: first.sequence };
    return this.forward(request, JSON.stringify({ StreamName, ShardId, ...iterator }));
  }

  private learn(asked: Readonly<Record<string, string>>, text: string): void {
    const { ShardIterator, NextShardIterator, Records } = JSON.parse(text || '{}') as Answer;
    if (asked.StreamName !== undefined) this.learnPuts(asked.StreamName, Records ?? []);
    const shard = asked.ShardId ?? this.shards.get(asked.ShardIterator ?? '');
    if (shard === undefined) return;
    for (const iterator of [ShardIterator, NextShardIterator])
      if (iterator !== undefined) this.shards.set(iterator, shard);
  }

  private learnPuts(stream: string, records: Required<Answer>['Records']): void {
    const atMs = Date.now();
    const shards = new Set<string>();
    for (const { ShardId = '', SequenceNumber: sequence = '' } of records) {
      if (shards.has(ShardId)) continue;
      shards.add(ShardId);
      const place = `${stream}/${ShardId}`;
      const known = this.puts.get(place) ?? [];
      this.puts.set(place, known);
      known.push({ sequence, atMs });
    }
  }
}

/** What of an answer is looked at. */
interface Answer {
  readonly ShardIterator?: string;
  readonly NextShardIterator?: string;
  readonly Records?: readonly { readonly ShardId?: string; readonly SequenceNumber?: string }[];
}
