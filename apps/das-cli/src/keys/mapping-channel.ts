import { Failure, type ChannelStatus, type Sink, type SinkChannel } from '@das/pipeline';

/** Longest wait for the commit of what was received. */
const PATIENCE_MS = 60_000;

/**
 * Appends rows to a channel that this process alone writes: to open it fences every earlier writer, and what that one
 * had not committed is gone. So whoever looks *after* the opening for what is still to be written writes it once.
 */
export class MappingChannel {
  private opened: SinkChannel | undefined;
  private appended = 0;
  private committed = 0;
  private rejectedBefore = 0;
  private failure: Failure | undefined;
  private wake: () => void = () => undefined;

  private constructor(private readonly run: string) {}

  /** @param run - names this run among all runs, in its tokens. @throws Failure */
  static async open(sink: Sink, name: string, run: string): Promise<MappingChannel> {
    const channel = new MappingChannel(run);
    channel.opened = await sink.open(name, {
      status: (status) => {
        channel.noteStatus(status);
      },
      failed: (failure) => {
        channel.fail(failure);
      },
    });
    channel.rejectedBefore = channel.opened.opened.rowsRejected;
    return channel;
  }

  /** Returns once they are received. @throws Failure ChannelInvalidated when everything must be looked at again */
  async append(rows: readonly object[]): Promise<void> {
    if (this.failure !== undefined) throw this.failure;
    const startToken = `${this.run}.${this.appended + 1}`;
    this.appended += rows.length;
    await this.opened?.append({
      rows: Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join('')),
      rowCount: rows.length,
      startToken,
      endToken: `${this.run}.${this.appended}`,
    });
  }

  /** Returns once everything that was appended is committed. @throws Failure */
  async settle(signal: AbortSignal): Promise<void> {
    const timer = setTimeout(() => {
      this.fail(overdue());
    }, PATIENCE_MS);
    const onAbort = (): void => {
      this.fail(new Failure('transient', 'interrupted', 'interrupted'));
    };
    signal.addEventListener('abort', onAbort);
    try {
      for (;;) {
        if (this.failure !== undefined) throw this.failure;
        if (this.committed >= this.appended) return;
        await new Promise<void>((resolve) => (this.wake = resolve));
      }
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
    }
  }

  close(): void {
    this.opened?.close();
  }

  private noteStatus({ committedToken, rowsRejected }: ChannelStatus): void {
    if (rowsRejected > this.rejectedBefore) this.fail(rejected());
    const [run, count] = committedToken?.split('.') ?? [];
    if (run === this.run) this.committed = Number(count);
    this.wake();
  }

  private fail(failure: Failure): void {
    this.failure ??= failure;
    this.wake();
  }
}

function overdue(): Failure {
  return new Failure('transient', 'rekey_overdue', 'the mapping was not committed in time', {
    cure: 'see that the ingest endpoint commits, then run this again: it goes on where it ended',
  });
}

function rejected(): Failure {
  return new Failure('setup', 'rekey_rejected', 'the table TOKEN_REKEYS refused a row', {
    cure: 'bring it up to the DDL in sql/ops, then run this again',
  });
}
