import { isUtf8 } from 'node:buffer';
import type { Channel, Received } from './channel';
import type { Lake, StoredChannel } from './lake';
import type { ParquetWriter } from './parquet-writer';
import { RowRejected, rowReaderOf, type RowReader, type RowText } from './row-reader';
import type { Table } from './table';

/** Puts a table's rows into the lake. */
export class Landing {
  private readonly read: RowReader;

  constructor(
    private readonly table: Table,
    private readonly lake: Lake,
    private readonly writer: ParquetWriter,
  ) {
    this.read = rowReaderOf(table);
  }

  recover(): Map<string, StoredChannel> {
    this.lake.claim(this.table);
    return this.lake.recover(this.table);
  }

  /** Makes a token durable that the client gave when it opened the channel. */
  async begin({ name, incarnation, sequence }: Channel, token: string): Promise<void> {
    await this.lake.mark(this.table, { channel: name, incarnation, sequence, token });
  }

  /** Makes durable that a channel has no token. */
  async end(channel: string, incarnation: number): Promise<void> {
    await this.lake.mark(this.table, { channel, incarnation, sequence: 0, token: undefined });
  }

  /**
   * Rows and token in one file. A row that the table cannot take is counted and left out (Snowflake's ON_ERROR =
   * CONTINUE), and the token moves on without it.
   */
  async commit(channel: Channel, received: readonly Received[]): Promise<void> {
    const batch = this.readAll(received);
    const endToken = received.findLast(({ endToken: token }) => token !== undefined)?.endToken;
    const token = endToken ?? channel.committedToken;
    const sequence = channel.sequence + 1;
    const name = { channel: channel.name, incarnation: channel.incarnation, sequence, token: token ?? '' };
    const aside = this.lake.asidePath(this.table);
    let misfits = 0;
    try {
      misfits = await this.writer.write(aside, this.table, batch.rows);
      await this.lake.commit(this.table, aside, name, new Date());
    } catch (error) {
      await this.lake.discard(aside);
      throw error;
    }
    // From here on it is committed, whatever happens.
    const inserted = batch.rows.length - misfits;
    channel.sequence = sequence;
    channel.committedToken = token;
    channel.rowsParsed += batch.parsed;
    channel.rowsInserted += inserted;
    channel.rowsRejected += batch.parsed - inserted;
    if (batch.parsed === inserted) return;
    const message = batch.reason ?? 'a column does not take this value';
    channel.lastError = { message, upperBound: token, atMs: Date.now() };
  }

  private readAll(received: readonly Received[]): Batch {
    const batch: Batch = { parsed: 0, rows: [], reason: undefined };
    for (const { rows } of received) {
      for (const line of linesOf(rows)) {
        batch.parsed++;
        try {
          if (!isUtf8(line)) throw new RowRejected('the row is not UTF-8');
          batch.rows.push(this.read(line.toString('utf8')));
        } catch (error) {
          if (!(error instanceof RowRejected)) throw error;
          batch.reason = error.message;
        }
      }
    }
    return batch;
  }
}

interface Batch {
  parsed: number;
  readonly rows: RowText[];
  /** Why the last row that was left out was. */
  reason: string | undefined;
}

/** Empty lines are no rows. */
function* linesOf(text: Buffer): Generator<Buffer> {
  for (let start = 0; start < text.length;) {
    const found = text.indexOf(0x0a, start);
    const end = found < 0 ? text.length : found;
    if (end > start) yield text.subarray(start, end);
    start = end + 1;
  }
}
