import { isUtf8 } from 'node:buffer';
import type { Channel, Received } from './channel';
import type { Faults } from './faults';
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
    private readonly faults: Faults,
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
    const endToken = received.findLast(({ endToken: token }) => token !== undefined)?.endToken;
    const token = endToken ?? channel.committedToken;
    const sequence = channel.sequence + 1;
    const name = { channel: channel.name, incarnation: channel.incarnation, sequence, token: token ?? '' };
    const books: Books = { parsed: 0, reason: 'a column does not take this value' };
    const aside = this.lake.asidePath(this.table);
    let inserted = 0;
    try {
      inserted = await this.writer.write(aside, this.table, this.rowsOf(received, books));
      await this.lake.commit(this.table, aside, name, new Date());
    } catch (error) {
      await this.lake.discard(aside);
      throw error;
    }
    // From here on it is committed, whatever happens.
    channel.sequence = sequence;
    channel.committedToken = token;
    channel.rowsParsed += books.parsed;
    channel.rowsInserted += inserted;
    channel.rowsRejected += books.parsed - inserted;
    if (books.parsed > inserted)
      channel.lastError = { message: books.reason, upperBound: token, atMs: Date.now() };
  }

  /** The rows that can be read; the others are in the books. */
  private *rowsOf(received: readonly Received[], books: Books): Generator<RowText> {
    for (const { rows } of received) {
      for (const line of linesOf(rows)) {
        books.parsed++;
        try {
          if (this.faults.rejectsRow()) throw new RowRejected('a fault that was asked for');
          if (!isUtf8(line)) throw new RowRejected('the row is not UTF-8');
          yield this.read(line.toString('utf8'));
        } catch (error) {
          if (!(error instanceof RowRejected)) throw error;
          books.reason = error.message;
        }
      }
    }
  }
}

interface Books {
  parsed: number;
  /** Why a row was left out. */
  reason: string;
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
