import {
  asFailure,
  DeliveryRuns,
  isCurrent,
  type PartitionConsumer,
  type Position,
  type SeekTarget,
  type SourceFailure,
  type SourceRecord,
} from '@das/pipeline';
import { setTimeout as sleep } from 'node:timers/promises';
import { DeliveredWindow } from './delivered-window';
import { comparePositions } from './position';
import type { ShardLog } from './shard-log';
import { toRecords } from './to-records';

/** After a read that failed. */
const RETRY_MS = 1_000;
/** So often in a row a shard may be throttled before anybody is told. */
const THROTTLED_OFTEN = 10;

export interface ReaderOptions {
  readonly log: ShardLog;
  readonly consumer: () => PartitionConsumer;
  /** `undefined`: reading goes well again. */
  readonly onFailure: (failure: SourceFailure) => void;
}

/** What the reader knows of the shard's end. */
export interface Latest {
  /** When it asked, epoch milliseconds, and was told that nothing lies after what it has delivered. */
  readonly atMs: number;
  readonly window: DeliveredWindow;
}

/** Delivers one shard. */
export class ShardReader extends DeliveryRuns {
  /** Undefined while something lies ahead, or may. */
  latest: Latest | undefined;
  window: DeliveredWindow | undefined;
  private throttled = 0;

  constructor(private readonly options: ReaderOptions) {
    super();
  }

  protected override endRun(): void {
    this.latest = undefined;
    this.window = undefined;
    super.endRun();
  }

  protected async run(target: SeekTarget, signal: AbortSignal): Promise<void> {
    const window = new DeliveredWindow(placeOf(target));
    this.window = window;
    let from = target;
    let iterator: string | undefined;
    while (isCurrent(signal)) {
      await this.mayRead(signal);
      const askedMs = Date.now();
      const isReopened = iterator === undefined && from !== target;
      const page = await this.attempt(async () => {
        iterator ??= await this.options.log.open(from);
        return this.options.log.read(iterator, { signal });
      }, signal);
      if (page === 'iterator lost') iterator = undefined;
      if (typeof page !== 'object') continue;
      const records = toRecords(page.records);
      const [first] = records;
      // What was delivered last stands there no more: retention has passed the reader, or may have.
      if (isReopened && first !== undefined && comparePositions(first.position, placeOf(from)) > 0) {
        this.options.consumer().disturbed();
        return;
      }
      const fresh = records.filter((record) => isWithin(record, from));
      if (!(await this.deliver(fresh, window, signal))) return;
      from = fresh.length === 0 ? from : { after: window.end };
      this.latest = page.isLatest ? { atMs: askedMs, window } : undefined;
      iterator = page.next;
      if (iterator !== undefined) continue;
      this.options.consumer().ended();
      return;
    }
  }

  /** @returns whether the run goes on */
  private async deliver(
    records: readonly SourceRecord[],
    window: DeliveredWindow,
    signal: AbortSignal,
  ): Promise<boolean> {
    await this.mayRead(signal);
    if (!isCurrent(signal)) return false;
    if (records.length === 0) return true;
    window.add(records);
    this.options.consumer().deliver(records);
    return isCurrent(signal);
  }

  private async mayRead(signal: AbortSignal): Promise<void> {
    if (this.isPaused && isCurrent(signal)) this.latest = undefined;
    await this.resumed(signal);
  }

  /** @returns why there is no answer: a failure, which was reported and waited for, or an iterator that is of no use */
  private async attempt<T extends object>(
    act: () => Promise<T>,
    signal: AbortSignal,
  ): Promise<T | 'failed' | 'iterator lost'> {
    try {
      const answer = await act();
      this.throttled = 0;
      if (isCurrent(signal)) this.options.onFailure(undefined);
      return answer;
    } catch (thrown) {
      if (!isCurrent(signal)) return 'failed';
      this.latest = undefined;
      const failure = asFailure(thrown);
      // A matter of course, where the reader was paused.
      if (failure.code === 'iterator_expired') return 'iterator lost';
      if (failure.code === 'kinesis_throttled') {
        this.throttled++;
        // The pace is slower already.
        if (this.throttled < THROTTLED_OFTEN) return 'failed';
      }
      this.options.onFailure(failure);
      await sleep(RETRY_MS, undefined, { signal }).catch(() => undefined);
      return failure.code === 'kinesis_argument' ? 'iterator lost' : 'failed';
    }
  }
}

function placeOf(target: SeekTarget): Position {
  return 'at' in target ? target.at : target.after;
}

function isWithin({ position }: SourceRecord, target: SeekTarget): boolean {
  const order = comparePositions(position, placeOf(target));
  return 'at' in target ? order >= 0 : order > 0;
}
