import { asFailure, ChannelInvalidated, type Clock, type Failure } from '@das/pipeline';
import { reactToChannel } from './reactions';
import type { RemoteStatus } from './rest-client';
import type { SnowpipeLimits } from './settings';

/** The service answers for a bounded number of channels at once. */
const CHANNELS_PER_CALL = 500;

/** A channel as the poller sees it. */
export interface Polled {
  readonly name: string;
  /** Something was sent that is not known to be committed. */
  readonly hasUncommitted: () => boolean;
  readonly onStatus: (status: RemoteStatus) => void;
  readonly onFailed: (failure: Failure) => void;
}

/**
 * Asks for the status of every open channel of a pipe in one call: often while rows are uncommitted, seldom
 * while none are, and never only because something new is appended.
 */
export class StatusPoller {
  private readonly channels = new Set<Polled>();
  private cancelTimer: (() => void) | undefined;
  private timerMs = Infinity;
  private polling = false;
  private stopped = false;
  private failingSinceMs: number | undefined;

  constructor(
    private readonly fetch: (names: readonly string[]) => Promise<Map<string, RemoteStatus>>,
    private readonly clock: Clock,
    private readonly limits: Pick<SnowpipeLimits, 'pollMs' | 'idlePollMs' | 'pollPatienceMs'>,
  ) {}

  add(channel: Polled): void {
    this.channels.add(channel);
    this.schedule();
  }

  remove(channel: Polled): void {
    this.channels.delete(channel);
  }

  /** Something was appended: look soon. */
  wake(): void {
    this.schedule();
  }

  stop(): void {
    this.stopped = true;
    this.cancelTimer?.();
    this.channels.clear();
  }

  private schedule(): void {
    if (this.stopped || this.polling || this.channels.size === 0) return;
    const busy = [...this.channels].some((channel) => channel.hasUncommitted());
    const ms = busy ? this.limits.pollMs : this.limits.idlePollMs;
    if (this.cancelTimer !== undefined && this.timerMs <= ms) return;
    this.cancelTimer?.();
    this.timerMs = ms;
    this.cancelTimer = this.clock.after(ms, () => {
      this.cancelTimer = undefined;
      this.timerMs = Infinity;
      void this.poll();
    });
  }

  private async poll(): Promise<void> {
    this.polling = true;
    const asked = [...this.channels];
    try {
      for (let from = 0; from < asked.length; from += CHANNELS_PER_CALL) {
        const part = asked.slice(from, from + CHANNELS_PER_CALL);
        this.tell(part, await this.fetch(part.map(({ name }) => name)));
      }
      this.failingSinceMs = undefined;
    } catch (thrown) {
      this.noteFailure(asFailure(thrown), asked);
    } finally {
      this.polling = false;
    }
    this.schedule();
  }

  private tell(asked: readonly Polled[], statuses: Map<string, RemoteStatus>): void {
    for (const channel of asked) {
      if (!this.channels.has(channel)) continue;
      const status = statuses.get(channel.name);
      const failure =
        status === undefined
          ? new ChannelInvalidated('channel_missing', 'the service does not know the channel any more')
          : reactToChannel(status.code);
      if (failure !== undefined) channel.onFailed(failure);
      else if (status !== undefined) channel.onStatus(status);
    }
  }

  /** A poll that fails says nothing about the channels; one that goes on failing means that commits are unseen. */
  private noteFailure(failure: Failure, asked: readonly Polled[]): void {
    const now = this.clock.now();
    this.failingSinceMs ??= now;
    const patient = failure.kind === 'transient' && now - this.failingSinceMs < this.limits.pollPatienceMs;
    if (patient) return;
    this.failingSinceMs = undefined;
    for (const channel of asked) if (this.channels.has(channel)) channel.onFailed(failure);
  }
}
