import {
  ChannelFenced,
  ChannelInvalidated,
  Failure,
  type ChannelListener,
  type ChannelStatus,
  type RowBatch,
  type Sink,
  type SinkChannel,
  type SinkLimits,
} from '@das/pipeline';

interface ChannelState {
  /** Grows with every opening: an earlier writer is fenced. */
  sequencer: number;
  committedToken: string | undefined;
  received: RowBatch[];
  listener: ChannelListener | undefined;
}

/** What the table holds, row by row, in the order of the commits. */
export type CommittedRow = Readonly<Record<string, unknown>>;

/**
 * A sink in memory that behaves as Snowpipe Streaming does: received is not committed, an opening fences the
 * earlier writer and discards what that one had not committed. Commits happen when `commit` is called; it
 * outlives the collectors that use it.
 */
export class MemorySink implements Sink {
  readonly rows: CommittedRow[] = [];
  private readonly channels = new Map<string, ChannelState>();
  /** Appends fail with these, one each, before anything is received. */
  readonly appendFaults: Error[] = [];
  /** Rows that the table refused, as it is told with the next commits; the rows are kept all the same. */
  rowsRejected = 0;
  /** So many next appends are received, but their answer is lost. */
  lostAnswers = 0;

  constructor(readonly limits: SinkLimits = { maxAppendBytes: 4_000_000 }) {}

  async open(name: string, listener: ChannelListener, offsetToken?: string): Promise<SinkChannel> {
    await Promise.resolve();
    const state = this.channels.get(name) ?? {
      sequencer: 0,
      committedToken: undefined,
      received: [],
      listener: undefined,
    };
    this.channels.set(name, state);
    state.sequencer++;
    state.received = [];
    state.listener = listener;
    if (offsetToken !== undefined) state.committedToken = offsetToken;
    const { sequencer } = state;
    return {
      opened: this.statusOf(state),
      append: async (batch) => {
        await Promise.resolve();
        const fault = this.appendFaults.shift();
        if (fault !== undefined) throw fault;
        if (state.sequencer !== sequencer || this.channels.get(name) !== state) {
          throw new ChannelFenced('fenced', 'another writer opened this channel');
        }
        state.received.push({ ...batch, rows: Uint8Array.from(batch.rows) });
        if (this.lostAnswers === 0) return;
        this.lostAnswers--;
        throw new ChannelInvalidated('lost_answer', 'the answer was lost');
      },
      close: () => {
        if (state.sequencer === sequencer) state.listener = undefined;
      },
    };
  }

  async statuses(names: readonly string[]): Promise<ReadonlyMap<string, ChannelStatus>> {
    await Promise.resolve();
    const found = new Map<string, ChannelStatus>();
    for (const name of names) {
      const state = this.channels.get(name);
      if (state !== undefined) found.set(name, this.statusOf(state));
    }
    return found;
  }

  /** Commits everything that was received, and tells the listeners. */
  commit(): void {
    for (const state of this.channels.values()) {
      const last = state.received.at(-1);
      if (last === undefined) continue;
      for (const batch of state.received) this.rows.push(...rowsOf(batch));
      state.received = [];
      state.committedToken = last.endToken;
      state.listener?.status(this.statusOf(state));
    }
  }

  /** Forgets what was received and not committed, and makes every writer reopen: a restart of the endpoint. */
  crash(): void {
    for (const state of this.channels.values()) {
      state.sequencer++;
      state.received = [];
      const { listener } = state;
      state.listener = undefined;
      listener?.failed(new ChannelInvalidated('restarted', 'the endpoint was restarted'));
    }
  }

  /** A passing writer opens every channel and goes away: what was received is forgotten, and nobody is told. */
  usurp(): void {
    for (const state of this.channels.values()) {
      state.sequencer++;
      state.received = [];
    }
  }

  /** The channel and its token are gone. */
  lose(name: string): void {
    this.channels.delete(name);
  }

  channelNames(): readonly string[] {
    return [...this.channels.keys()];
  }

  async drop(name: string): Promise<void> {
    await Promise.resolve();
    if ((this.channels.get(name)?.received.length ?? 0) > 0) {
      throw new Failure('transient', 'uncommitted', 'the channel has uncommitted rows');
    }
    this.channels.delete(name);
  }

  async stop(): Promise<void> {
    await Promise.resolve();
  }

  private statusOf({ committedToken }: ChannelState): ChannelStatus {
    return { committedToken, rowsRejected: this.rowsRejected };
  }
}

function rowsOf(batch: RowBatch): CommittedRow[] {
  const lines = Buffer.from(batch.rows).toString('utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as CommittedRow);
}
