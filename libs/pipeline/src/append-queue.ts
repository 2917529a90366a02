import { Chunk } from './chunk';
import type { Failure } from './failure';
import { asFailure } from './failure';
import type { TokenMaker } from './offset-token';
import type { Clock } from './ports/clock';
import type { SinkChannel } from './ports/sink';
import type { Position, SourceRecord } from './ports/source';
import type { RowBuffer } from './row-buffer';

export interface AppendQueueOptions {
  readonly channel: SinkChannel;
  readonly maxAppendBytes: number;
  readonly tokens: TokenMaker;
  readonly clock: Clock;
  readonly compare: (a: Position, b: Position) => number;
  /** Bytes held changed by `delta`. */
  readonly onHeld: (delta: number) => void;
  readonly onAppended: () => void;
  readonly onFailed: (failure: Failure) => void;
}

/** One append that was sent and is not known to be committed. */
export interface Sent {
  readonly end: Position;
  readonly rows: number;
  /** When its first record was read, epoch milliseconds. */
  readonly startedMs: number;
  /** When the source took its last record, or when that was read where the source does not know. */
  readonly sourceMs: number;
}

/**
 * Rows of one open channel, from settled to committed: one chunk being filled, full ones waiting, one append
 * under way, and what was received but is not known to be committed. It serves one opening of the channel;
 * after a failure it is discarded, and the source is read again from the committed token.
 */
export class AppendQueue {
  private filling: Chunk | undefined;
  private ready: Chunk[] = [];
  private appending = false;
  private discarded = false;
  private uncommitted: Sent[] = [];
  private held = 0;
  /** Rows' memory that an append has done with, for the next chunk. */
  private spare: RowBuffer | undefined;
  private appendedEnd: Position | undefined;

  constructor(private readonly options: AppendQueueOptions) {}

  /** Bytes in memory. */
  get heldBytes(): number {
    return this.held;
  }

  /** Something was sent that is not known to be committed. */
  get hasUncommitted(): boolean {
    return this.uncommitted.length > 0;
  }

  /** Everything that left a row is known to be committed. */
  get isSettled(): boolean {
    return (
      this.ready.length === 0 && this.uncommitted.length === 0 && (this.filling?.rows.rowCount ?? 0) === 0
    );
  }

  /**
   * Takes a record that was settled; `write` writes its row, if it leaves one.
   * @returns false, and takes nothing, when the row alone exceeds one append
   */
  take(record: SourceRecord, write?: (rows: RowBuffer) => void): boolean {
    const chunk = (this.filling ??= this.emptyChunk());
    const { length, rowCount } = chunk.rows;
    write?.(chunk.rows);
    const rowBytes = chunk.rows.length - length;
    const { maxAppendBytes } = this.options;
    if (rowBytes > maxAppendBytes) {
      chunk.rows.truncate(length, rowCount);
      return false;
    }
    if (chunk.rows.length > maxAppendBytes) {
      this.filling = this.emptyChunk();
      chunk.rows.splitAt(length, rowCount, this.filling.rows);
      this.ready.push(chunk);
    }
    this.filling.covers(record);
    this.hold(rowBytes);
    return true;
  }

  /** Begins the next append, if none is under way and there is something to append. */
  pump(): void {
    if (this.appending || this.discarded) return;
    let chunk = this.ready.shift();
    if (chunk === undefined && (this.filling?.rows.rowCount ?? 0) > 0) {
      chunk = this.filling;
      this.filling = undefined;
    }
    if (chunk !== undefined) void this.append(chunk);
  }

  /**
   * The sink has committed everything up to this position.
   * @returns the appends that this settled, or `foreign` when nobody here appended that far
   */
  committed(position: Position): readonly Sent[] | 'foreign' {
    const { compare } = this.options;
    if (this.appendedEnd !== undefined && compare(position, this.appendedEnd) > 0) return 'foreign';
    let count = 0;
    for (const { end } of this.uncommitted) {
      if (compare(end, position) > 0) break;
      count++;
    }
    const settled = this.uncommitted.splice(0, count);
    // Nothing flows: memory for the next append is better given back than kept for each idle partition.
    if (this.isSettled) this.spare = undefined;
    return settled;
  }

  /** Forgets everything: what was not committed will be read again. */
  discard(): void {
    this.discarded = true;
    this.ready = [];
    this.filling = undefined;
    this.uncommitted = [];
    this.hold(-this.held);
  }

  private async append(chunk: Chunk): Promise<void> {
    this.appending = true;
    const bytes = chunk.rows.length;
    const { batch, end } = chunk.batch(this.options.tokens);
    // Noted before the answer: the commit may become known first.
    this.appendedEnd = end;
    this.uncommitted.push({
      end,
      rows: batch.rowCount,
      startedMs: chunk.startedMs,
      sourceMs: chunk.sourceMs,
    });
    try {
      await this.options.channel.append(batch);
    } catch (thrown) {
      if (!this.discarded) this.options.onFailed(asFailure(thrown));
      return;
    }
    this.appending = false;
    if (this.discarded) return;
    chunk.rows.clear();
    this.spare = chunk.rows;
    this.hold(-bytes);
    this.options.onAppended();
    this.pump();
  }

  private emptyChunk(): Chunk {
    const chunk = new Chunk(this.options.clock.now(), this.spare);
    this.spare = undefined;
    return chunk;
  }

  private hold(delta: number): void {
    this.held += delta;
    if (delta !== 0) this.options.onHeld(delta);
  }
}
