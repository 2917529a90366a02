import { fenced, ProtocolError, staleContinuation } from './protocol-error';

/** Rows that were received and are not committed. */
export interface Received {
  /** NDJSON. */
  readonly rows: Buffer;
  readonly endToken: string | undefined;
}

/** Uncommitted bytes beyond which a channel takes no more: commits are slower than the client. */
const MAX_UNCOMMITTED_BYTES = 64 * 1024 * 1024;

/** One channel: who may write to it, what it received, what is committed. */
export class Channel {
  rowsInserted = 0;
  rowsParsed = 0;
  rowsRejected = 0;
  lastError:
    { readonly message: string; readonly upperBound: string | undefined; readonly atMs: number } | undefined;
  /** As the service words a channel's state. */
  statusCode = 'SUCCESS';
  readonly createdMs = Date.now();
  private clientSequencer = 0;
  private rowSequencer = 0;
  private received: Received[] = [];
  private isCommitting = false;
  private turn: Promise<unknown> = Promise.resolve();

  constructor(
    readonly name: string,
    readonly incarnation: number,
    public sequence: number,
    public committedToken: string | undefined,
    /** Tokens of an earlier run of this server are stale. */
    private readonly run: string,
  ) {}

  /** Changes of what is durable come one after another: opening with a token, committing, dropping. */
  async inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.turn.then(work);
    this.turn = mine.catch(() => undefined);
    return mine;
  }

  /**
   * A new writer: from now on the earlier one is fenced, and what it had not committed is gone. A commit under
   * way still counts, so the committed token is to be read in turn.
   * @returns the first continuation token
   */
  takeOver(failOnUncommitted: boolean): string {
    if (failOnUncommitted && (this.received.length > 0 || this.isCommitting)) {
      throw new ProtocolError(409, 'ERR_CHANNEL_HAS_UNCOMMITTED_DATA', 'the channel has uncommitted rows');
    }
    this.fence();
    this.statusCode = 'SUCCESS';
    return this.continuation();
  }

  /** The channel is of no use until it is opened again, and what is not committed is forgotten. */
  invalidate(statusCode: string): void {
    this.fence();
    this.statusCode = statusCode;
  }

  /** Whatever continuation token was given last is stale. */
  disorder(): void {
    this.rowSequencer++;
  }

  /** @returns the next continuation token. @throws ProtocolError */
  append(continuation: string | null, rows: Received): string {
    this.check(continuation);
    this.received.push(rows);
    this.rowSequencer++;
    return this.continuation();
  }

  /** @throws ProtocolError */
  check(continuation: string | null): void {
    const [run, client] = (continuation ?? '').split('.');
    if (run !== this.run) throw staleContinuation();
    if (Number(client) < this.clientSequencer) throw fenced();
    if (continuation !== this.continuation()) throw staleContinuation();
    if (this.received.reduce((sum, { rows }) => sum + rows.length, 0) > MAX_UNCOMMITTED_BYTES)
      throw new ProtocolError(429, 'TOO_MUCH_UNCOMMITTED', 'commits are behind: send this again later');
  }

  /** Commits what was received by now; on a failure it is kept, and stays before what came meanwhile. */
  async commit(write: (received: readonly Received[]) => Promise<void>): Promise<void> {
    if (this.received.length === 0) return;
    await this.inTurn(async () => {
      const batch = this.received;
      const sequencer = this.clientSequencer;
      this.received = [];
      this.isCommitting = true;
      try {
        if (batch.length > 0) await write(batch);
      } catch (error) {
        if (sequencer === this.clientSequencer) this.received = [...batch, ...this.received];
        throw error;
      } finally {
        this.isCommitting = false;
      }
    });
  }

  private fence(): void {
    this.clientSequencer++;
    this.rowSequencer = 0;
    this.received = [];
  }

  private continuation(): string {
    return `${this.run}.${this.clientSequencer}.${this.rowSequencer}`;
  }
}
