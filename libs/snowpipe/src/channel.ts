import {
  ChannelInvalidated,
  type ChannelListener,
  type ChannelStatus,
  type Failure,
  type RowBatch,
  type SinkChannel,
} from '@das/pipeline';
import type { RemoteStatus } from './answers';
import type { Pacer } from './pacer';
import type { RestClient } from './rest-client';
import type { Polled, StatusPoller } from './status-poller';

export interface ChannelParts {
  readonly name: string;
  readonly client: Pick<RestClient, 'append'>;
  readonly poller: Pick<StatusPoller, 'add' | 'wake' | 'remove'>;
  readonly pacer: Pacer;
  readonly listener: ChannelListener;
}

/** One opening of a channel. Appends are chained by continuation tokens, so a broken chain is not mended. */
export class Channel implements SinkChannel, Polled {
  readonly opened: ChannelStatus;
  private state: 'idle' | 'appending' | 'broken' = 'idle';
  private known: ChannelStatus;
  private lastSent: string | undefined;

  /** @param continuation - of the next append */
  constructor(
    private readonly parts: ChannelParts,
    private continuation: string,
    { committedToken, rowsRejected }: RemoteStatus,
  ) {
    this.opened = { committedToken, rowsRejected };
    this.known = this.opened;
    this.lastSent = committedToken;
    parts.poller.add(this);
  }

  get name(): string {
    return this.parts.name;
  }

  get hasUncommitted(): boolean {
    return this.lastSent !== this.known.committedToken;
  }

  async append({ rows, startToken, endToken }: RowBatch): Promise<void> {
    if (this.state === 'appending') throw new Error('a channel takes one append at a time');
    if (this.state === 'broken') {
      // Rows after a hole must not get a token that covers the hole.
      throw new ChannelInvalidated('append_failed_before', 'an earlier append of this opening failed');
    }
    const { client, poller, pacer } = this.parts;
    this.state = 'appending';
    try {
      await pacer.turn(rows.length);
      this.lastSent = endToken;
      poller.wake();
      this.continuation = await client.append(this.name, rows, {
        continuation: this.continuation,
        start: startToken,
        end: endToken,
      });
      this.state = 'idle';
    } catch (thrown) {
      this.state = 'broken';
      throw thrown;
    }
  }

  close(): void {
    this.parts.poller.remove(this);
  }

  onStatus({ committedToken, rowsRejected }: RemoteStatus): void {
    if (committedToken === this.known.committedToken && rowsRejected === this.known.rowsRejected) return;
    this.known = { committedToken, rowsRejected };
    this.parts.listener.status(this.known);
  }

  onFailed(failure: Failure): void {
    this.parts.listener.failed(failure);
  }
}
