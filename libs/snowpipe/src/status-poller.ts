import { asFailure, ChannelInvalidated, type Clock, type Failure } from '@das/pipeline';
import type { RemoteStatus } from './answers';
import type { SnowpipeObserver } from './observer';
import { reactToChannel } from './reactions';
import type { SnowpipeLimits } from './settings';

/** A channel as the poller sees it. */
export interface Polled {
  readonly name: string;
  /** Something was sent that is not known to be committed. */
  readonly hasUncommitted: boolean;
  onStatus(status: RemoteStatus): void;
  /** The last that it hears. */
  onFailed(failure: Failure): void;
}

export interface PollerOptions {
  readonly clock: Clock;
  readonly limits: Pick<SnowpipeLimits, 'pollMs' | 'idlePollMs' | 'pollPatienceMs'>;
  readonly observer: SnowpipeObserver;
}

/**
 * Asks for the status of every open channel of a pipe at once: often while rows are uncommitted, seldom while
 * none are, and never only because something new is appended.
 */
export class StatusPoller {
  private readonly channels = new Set<Polled>();
  private timer: { readonly ms: number; readonly cancel: () => void } | undefined;
  private polling = false;
  private stopped = false;
  private failingSinceMs: number | undefined;

  constructor(
    private readonly fetch: (names: readonly string[]) => Promise<ReadonlyMap<string, RemoteStatus>>,
    private readonly options: PollerOptions,
  ) {}

  add(channel: Polled): void {
    this.channels.add(channel);
    this.schedule();
  }

  remove(channel: Polled): void {
    this.channels.delete(channel);
  }

  /** Something is being appended: look soon. */
  wake(): void {
    this.schedule();
  }

  stop(): void {
    this.stopped = true;
    this.timer?.cancel();
    this.channels.clear();
  }

  private schedule(): void {
    if (this.stopped || this.polling || this.channels.size === 0) return;
    const { clock, limits } = this.options;
    const busy = [...this.channels].some(({ hasUncommitted }) => hasUncommitted);
    const ms = busy ? limits.pollMs : limits.idlePollMs;
    if (this.timer !== undefined && this.timer.ms <= ms) return;
    this.timer?.cancel();
    const cancel = clock.after(ms, () => {
      this.timer = undefined;
      if (this.channels.size > 0) void this.poll();
    });
    this.timer = { ms, cancel };
  }

  private async poll(): Promise<void> {
    this.polling = true;
    const startedMs = this.options.clock.now();
    try {
      const asked = [...this.channels];
      const answer = await this.fetch(asked.map(({ name }) => name)).catch(asFailure);
      if (this.stopped) return;
      if (answer instanceof Error) this.noteFailure(answer, asked, startedMs);
      else this.tell(answer, asked);
    } finally {
      this.polling = false;
      this.schedule();
    }
  }

  private tell(statuses: ReadonlyMap<string, RemoteStatus>, asked: readonly Polled[]): void {
    this.failingSinceMs = undefined;
    for (const channel of asked) {
      const status = statuses.get(channel.name);
      const failure =
        status === undefined
          ? new ChannelInvalidated('channel_missing', 'the service does not know the channel any more')
          : reactToChannel(status.code, 'polled');
      if (failure !== undefined) this.fail(channel, failure);
      else if (status !== undefined && this.channels.has(channel)) channel.onStatus(status);
    }
  }

  /**
   * A poll that fails says nothing about the channels. Polls that go on failing mean that commits are unseen,
   * and what only a person can cure is better known at once.
   */
  private noteFailure(failure: Failure, asked: readonly Polled[], startedMs: number): void {
    const { clock, limits, observer } = this.options;
    observer.pollFailed?.(failure);
    this.failingSinceMs ??= startedMs;
    const patient = clock.now() - this.failingSinceMs < limits.pollPatienceMs;
    if (patient && failure.kind !== 'setup') return;
    this.failingSinceMs = undefined;
    for (const channel of asked) this.fail(channel, failure);
  }

  private fail(channel: Polled, failure: Failure): void {
    // Closed meanwhile: it hears nothing more.
    if (this.channels.delete(channel)) channel.onFailed(failure);
  }
}
