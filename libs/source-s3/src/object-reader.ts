import {
  asFailure,
  ClearRecord,
  DeliveryRuns,
  isCurrent,
  type Failure,
  type PartitionConsumer,
  type SeekTarget,
  type SourceFailure,
  type SourceRecord,
} from '@das/pipeline';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Bucket } from './aws/bucket';
import { ObjectGone } from './object-fault';
import type { ObjectFormat } from './object-format';
import type { ObjectRef } from './object-ref';
import { objectRows, type Rows } from './object-rows';
import { lineOf } from './position';

export interface ReaderOptions {
  readonly bucket: Bucket;
  readonly object: ObjectRef;
  readonly format: ObjectFormat;
  readonly consumer: () => PartitionConsumer;
  /** It cannot be read just now, and is tried again; `undefined`: reading goes well again. */
  readonly onFailure: (failure: SourceFailure) => void;
  /** The object is at fault: reading has ended. */
  readonly onFault: (failure: Failure) => void;
}

const FIRST_RETRY_MS = 200;
const LONGEST_RETRY_MS = 5_000;

/** Delivers one object. */
export class ObjectReader extends DeliveryRuns {
  /** How many lines there are; undefined until they were all read. */
  lines: number | undefined;
  private readonly headers: SourceRecord['headers'];

  constructor(private readonly options: ReaderOptions) {
    super();
    const { key, etag } = options.object;
    this.headers = [
      ['s3-key', Buffer.from(key)],
      ['s3-etag', Buffer.from(etag)],
    ];
  }

  protected async run(target: SeekTarget, signal: AbortSignal): Promise<void> {
    // The last line that is not wanted.
    let after = 'at' in target ? lineOf(target.at) - 1 : lineOf(target.after);
    const { consumer, onFailure, onFault } = this.options;
    for (let tries = 0; isCurrent(signal); tries++) {
      try {
        for await (const rows of this.rows(after, signal)) {
          const before = after;
          after = await this.deliver(rows, after, signal);
          if (after > before) tries = 0;
          if (!isCurrent(signal)) return;
        }
        onFailure(undefined);
        consumer().ended();
        return;
      } catch (thrown) {
        if (!isCurrent(signal)) return;
        const failure = asFailure(thrown);
        if (failure instanceof ObjectGone) {
          consumer().disturbed();
          return;
        }
        if (failure.kind === 'data') {
          onFault(failure);
          return;
        }
        onFailure(failure);
        await rest(Math.min(FIRST_RETRY_MS * 2 ** tries, LONGEST_RETRY_MS), signal);
      }
    }
  }

  private async *rows(after: number, signal: AbortSignal): AsyncGenerator<Rows> {
    const { bucket, object, format } = this.options;
    // Beyond the end of an object that is gone, there is nothing.
    if (after === Infinity) return;
    // Of Parquet only what is wanted is read; of a text, every line.
    let lines = format === 'parquet' ? after : 0;
    for await (const rows of objectRows(bucket, object, format, { skip: after, signal })) {
      lines = rows.after + rows.values.length;
      yield rows;
    }
    this.lines = Math.max(lines, this.lines ?? 0);
  }

  /** @returns the last line that was delivered, or is not wanted */
  private async deliver(
    { after: before, values, takenMs }: Rows,
    after: number,
    signal: AbortSignal,
  ): Promise<number> {
    const end = before + values.length;
    if (end <= after) return after;
    await this.resumed(signal);
    if (!isCurrent(signal)) return after;
    const from = Math.max(0, after - before);
    const records = values
      .slice(from)
      .map(
        (value, index) =>
          new ClearRecord(String(before + from + index + 1), null, value, takenMs, this.headers),
      );
    this.options.onFailure(undefined);
    this.options.consumer().deliver(records);
    return end;
  }
}

async function rest(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
}
