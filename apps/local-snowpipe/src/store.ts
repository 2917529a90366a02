import { randomUUID } from 'node:crypto';
import { inflate } from './body';
import { Channel, type Received } from './channel';
import { fitsFileName } from './file-name';
import type { Lake } from './lake';
import type { ParquetWriter } from './parquet-writer';
import { ProtocolError } from './protocol-error';
import { readRow, RowRejected, type RowText } from './row-reader';
import { defaultPipe, type Table } from './table';

/** Where commits go: a lake, or nowhere. */
export type Target = { readonly lake: Lake; readonly writer: ParquetWriter } | 'discard';

/** A table's pipe and its channels. */
export class Pipe {
  private readonly channels = new Map<string, Channel>();
  /** Of channels that are gone, so that their names are never used for other rows. */
  private readonly lastIncarnation = new Map<string, number>();
  private readonly run = randomUUID();

  constructor(
    readonly table: Table,
    private readonly target: Target,
  ) {
    if (target === 'discard') return;
    for (const [name, { incarnation, sequence, token }] of target.lake.recover(table)) {
      this.lastIncarnation.set(name, incarnation);
      // A channel that was dropped, or never committed, has no token.
      if (token === undefined) continue;
      this.channels.set(name, new Channel(name, incarnation, sequence, token, this.run));
    }
  }

  get name(): string {
    return defaultPipe(this.table);
  }

  find(name: string): Channel | undefined {
    return this.channels.get(name);
  }

  async open(
    name: string,
    offsetToken: string | undefined,
    failOnUncommitted: boolean,
  ): Promise<[Channel, string]> {
    if (!fitsFileName(name, offsetToken ?? '')) throw nameTooLong();
    let channel = this.channels.get(name);
    if (channel === undefined) {
      const incarnation = this.lastIncarnation.get(name) ?? 1;
      channel = new Channel(name, incarnation, 0, undefined, this.run);
      this.channels.set(name, channel);
    }
    const continuation = await channel.open(failOnUncommitted);
    if (offsetToken !== undefined) {
      const { incarnation, sequence } = channel;
      if (this.target !== 'discard') {
        await this.target.lake.mark(this.table, { channel: name, incarnation, sequence, token: offsetToken });
      }
      channel.committedToken = offsetToken;
    }
    return [channel, continuation];
  }

  /** The channel and its token are gone, for good. */
  async drop(name: string, failOnUncommitted: boolean): Promise<void> {
    const channel = this.channels.get(name);
    if (channel === undefined) return;
    await channel.open(failOnUncommitted);
    const incarnation = channel.incarnation + 1;
    if (this.target !== 'discard') {
      await this.target.lake.mark(this.table, { channel: name, incarnation, sequence: 0, token: undefined });
    }
    this.lastIncarnation.set(name, incarnation);
    this.channels.delete(name);
  }

  checkToken(channel: string, token: string | undefined): void {
    if (!fitsFileName(channel, token ?? '')) throw nameTooLong();
  }

  /** Commits every channel that received something. @throws Error of the first that could not be committed */
  async commitAll(): Promise<void> {
    const results = await Promise.allSettled(
      [...this.channels.values()].map((channel) =>
        channel.commit((received) => this.write(channel, received)),
      ),
    );
    const failed = results.find((result) => result.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  }

  private async write(channel: Channel, received: readonly Received[]): Promise<void> {
    const endToken =
      received.findLast(({ endToken: token }) => token !== undefined)?.endToken ?? channel.committedToken;
    if (this.target === 'discard') {
      channel.committedToken = endToken;
      return;
    }
    const { lake, writer } = this.target;
    const counts = { parsed: 0, rejected: 0, reason: '' };
    const rows: RowText[] = [];
    for (const { body, encoding } of received) {
      for (const line of linesOf(await inflate(body, encoding).catch(() => Buffer.from('?')))) {
        counts.parsed++;
        try {
          rows.push(readRow(line, this.table));
        } catch (error) {
          if (!(error instanceof RowRejected)) throw error;
          counts.rejected++;
          counts.reason = error.message;
        }
      }
    }
    const aside = lake.asidePath(this.table);
    const sequence = channel.sequence + 1;
    const name = { channel: channel.name, incarnation: channel.incarnation, sequence, token: endToken ?? '' };
    try {
      await writer.write(aside, this.table, rows);
      await lake.commit(this.table, aside, name, new Date());
    } catch (error) {
      await lake.discard(aside);
      throw error;
    }
    // From here on it is committed, whatever happens.
    channel.sequence = sequence;
    channel.committedToken = endToken;
    channel.rowsParsed += counts.parsed;
    channel.rowsInserted += rows.length;
    channel.rowsRejected += counts.rejected;
    if (counts.rejected > 0)
      channel.lastError = { message: counts.reason, upperBound: endToken, atMs: Date.now() };
  }
}

function nameTooLong(): ProtocolError {
  return new ProtocolError(
    400,
    'ERR_NAME_TOO_LONG',
    'channel name and offset token are too long for a file name',
  );
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
