import { type Position, type SeekTarget, Failure } from '@das/pipeline';
import type { IteratorStart, KinesisApi, Page, StreamFacts } from './kinesis-api';
import type { PollPace } from './poll-pace';
import { comparePositions, justBefore, sequenceOf } from './position';
import type { Shard } from './shard';
import { toRecords } from './to-records';

/** Where the last record is looked for, one after another: within so long before now, and then from the beginning. */
const SPANS_MS = [10_000, 120_000, 1_800_000, 21_600_000];

/** Of the reads that look for an end of the log. */
const MOST_TRIES = 10;

/** The first record of a shard that can be read. */
export interface FirstRecord {
  readonly sequence: string;
  /** When it arrived, epoch milliseconds. */
  readonly arrivedMs: number;
}

const NOTHING_MORE: Page = { records: [], next: undefined, isLatest: true };

/** The log that a shard is: where it can be read, and its ends. */
export class ShardLog {
  /** Whether the stream lists the shard, by the last list that was asked for, which may be old. */
  isListed = true;
  /** Kinesis, too, knows it no more: there is nothing left of it. */
  private isGone = false;

  constructor(
    readonly shard: Shard,
    private readonly api: KinesisApi,
    readonly pace: PollPace,
  ) {}

  async facts(): Promise<StreamFacts> {
    return this.api.describe();
  }

  /** An iterator that begins at or before the target. */
  async open(target: SeekTarget): Promise<string> {
    const position = 'at' in target ? target.at : target.after;
    // No record has such a number, and the service refuses one that it has not given.
    if (comparePositions(position, justBefore(this.shard.start)) <= 0)
      return this.iterator({ at: 'horizon' });
    try {
      return await this.iterator({ at: 'sequence', sequence: sequenceOf(position) });
    } catch (thrown) {
      if (!(thrown instanceof Failure && thrown.code === 'kinesis_argument')) throw thrown;
      return this.iterator({ at: 'horizon' });
    }
  }

  /** The next page, when it is time for it. Where `signal` ended the wait, nothing is read. */
  async read(iterator: string, options: { limit?: number; signal?: AbortSignal } = {}): Promise<Page> {
    await this.pace.turn(options.signal);
    if (this.isGone) return NOTHING_MORE;
    if (options.signal?.aborted === true) return { ...NOTHING_MORE, next: iterator };
    try {
      const page = await this.unlessGone(NOTHING_MORE, this.api.read(iterator, options.limit));
      this.pace.answered(page.records.length > 0 || !page.isLatest);
      return page;
    } catch (thrown) {
      if (isThrottled(thrown)) this.pace.throttled();
      throw thrown;
    }
  }

  /** The first record that can be read; undefined: there is none. */
  async first(): Promise<FirstRecord | undefined> {
    for await (const { records } of this.pages({ at: 'horizon' }, 1)) {
      const [record] = records;
      if (record?.SequenceNumber === undefined) continue;
      return {
        sequence: record.SequenceNumber,
        arrivedMs: record.ApproximateArrivalTimestamp?.getTime() ?? 0,
      };
    }
    return undefined;
  }

  /** The position of the last record that can be read; undefined: there is none. */
  async last(): Promise<Position | undefined> {
    const nowMs = Date.now();
    const { createdMs, retentionMs } = await this.facts();
    const oldestMs = Math.max(createdMs, nowMs - retentionMs);
    const starts = SPANS_MS.map((span) => nowMs - span).filter((ms) => ms > oldestMs);
    for (const ms of starts) {
      const found = await this.lastFrom({ at: 'time', ms });
      if (found !== undefined) return found;
    }
    return this.lastFrom({ at: 'horizon' });
  }

  private async lastFrom(start: IteratorStart): Promise<Position | undefined> {
    let last: Position | undefined;
    for await (const { records } of this.pages(start)) {
      last = toRecords(records.slice(-1)).at(-1)?.position ?? last;
    }
    return last;
  }

  /** The pages from there up to where nothing more lies now. Some may be empty. */
  private async *pages(start: IteratorStart, limit?: number): AsyncGenerator<Page> {
    let iterator: string | undefined = await this.iterator(start);
    for (let throttled = 0; iterator !== undefined;) {
      let page: Page;
      try {
        page = await this.read(iterator, limit === undefined ? {} : { limit });
      } catch (thrown) {
        // Others read the shard, too, and the pace is slower already.
        if (isThrottled(thrown) && ++throttled < MOST_TRIES) continue;
        throw thrown;
      }
      yield page;
      // Of a shard that is written to all the time, no page is ever empty.
      iterator = page.isLatest ? undefined : page.next;
    }
  }

  private async iterator(start: IteratorStart): Promise<string> {
    return this.unlessGone('', this.api.iterator(this.shard.id, start));
  }

  /** Of a shard that neither the stream lists nor Kinesis knows: what stands for an answer. */
  private async unlessGone<T>(nothing: T, answer: Promise<T>): Promise<T> {
    try {
      return await answer;
    } catch (thrown) {
      if (this.isListed || !isMissing(thrown)) throw thrown;
      this.isGone = true;
      return nothing;
    }
  }
}

function isThrottled(thrown: unknown): boolean {
  return thrown instanceof Failure && thrown.code === 'kinesis_throttled';
}

function isMissing(thrown: unknown): boolean {
  return thrown instanceof Failure && thrown.code === 'stream_missing';
}
