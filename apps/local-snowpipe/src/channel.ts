import { fenced, ProtocolError, staleContinuation } from './protocol-error';

/** Rows that were received and are not committed. */
export interface Received {
  /** NDJSON as it was sent, still compressed. */
  readonly body: Buffer;
  readonly encoding: string | undefined;
  readonly endToken: string | undefined;
}

/** One channel: who may write to it, what it received, what is committed. */
export class Channel {
  rowsInserted = 0;
  rowsParsed = 0;
  rowsRejected = 0;
  lastError:
    { readonly message: string; readonly upperBound: string | undefined; readonly atMs: number } | undefined;
  readonly createdMs = Date.now();
  private clientSequencer = 0;
  private rowSequencer = 0;
  private received: Received[] = [];
  private committing: Promise<void> | undefined;

  constructor(
    readonly name: string,
    readonly incarnation: number,
    public sequence: number,
    public committedToken: string | undefined,
    /** Tokens of an earlier run of this server are stale. */
    private readonly run: string,
  ) {}

  get hasUncommitted(): boolean {
    return this.received.length > 0 || this.committing !== undefined;
  }

  /** A new writer: the earlier one is fenced, and what it had not committed is gone. */
  async open(failOnUncommitted: boolean): Promise<string> {
    if (failOnUncommitted && this.hasUncommitted) {
      throw new ProtocolError(409, 'ERR_CHANNEL_HAS_UNCOMMITTED_DATA', 'the channel has uncommitted rows');
    }
    this.clientSequencer++;
    this.rowSequencer = 0;
    this.received = [];
    // A commit that is under way counts: its token must be in the answer.
    await this.committing;
    return this.continuation();
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
  }

  /** Commits what was received by now; on a failure it is kept, and stays before what came meanwhile. */
  async commit(write: (received: readonly Received[]) => Promise<void>): Promise<void> {
    if (this.received.length === 0 || this.committing !== undefined) return;
    const batch = this.received;
    const sequencer = this.clientSequencer;
    this.received = [];
    this.committing = write(batch);
    try {
      await this.committing;
    } catch (error) {
      if (sequencer === this.clientSequencer) this.received = [...batch, ...this.received];
      throw error;
    } finally {
      this.committing = undefined;
    }
  }

  private continuation(): string {
    return `${this.run}.${this.clientSequencer}.${this.rowSequencer}`;
  }
}
