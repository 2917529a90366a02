import {
  systemClock,
  type ChannelListener,
  type ChannelStatus,
  type Failure,
  type Sink,
  type SinkChannel,
} from '@das/pipeline';
import { silentObserver } from './observer';
import { Pacer } from './pacer';
import { reactToChannel } from './reactions';
import { RestClient, type RemoteStatus } from './rest-client';
import { DEFAULT_LIMITS, type SnowpipeSettings } from './settings';
import { StatusPoller, type Polled } from './status-poller';

/** Snowpipe Streaming as a Sink, of one pipe. @throws Failure setup for a key or URL that cannot be used */
export function createSnowpipeSink(settings: SnowpipeSettings): Sink {
  const clock = settings.clock ?? systemClock;
  const limits = { ...DEFAULT_LIMITS, ...settings.limits };
  const client = new RestClient(settings, limits, clock, settings.observer ?? silentObserver);
  const poller = new StatusPoller((names) => client.statuses(names), clock, limits);

  return {
    limits,
    async open(name, listener, offsetToken) {
      const { continuationToken, status } = await client.open(name, offsetToken);
      const unhealthy = reactToChannel(status.code);
      if (unhealthy !== undefined) throw unhealthy;
      return openChannel(name, continuationToken, status, listener);
    },
    statuses: (names) => client.statuses(names),
    async stop() {
      poller.stop();
      await client.close();
    },
  };

  function openChannel(
    name: string,
    firstToken: string,
    opened: ChannelStatus,
    listener: ChannelListener,
  ): SinkChannel {
    const pacer = new Pacer(clock, limits);
    let continuation = firstToken;
    let appending = false;
    let known = opened;
    let lastSent = opened.committedToken;
    const polled: Polled = {
      name,
      hasUncommitted: () => lastSent !== known.committedToken,
      onStatus: (status: RemoteStatus) => {
        if (status.committedToken === known.committedToken && status.rowsRejected === known.rowsRejected)
          return;
        known = status;
        listener.status({ committedToken: status.committedToken, rowsRejected: status.rowsRejected });
      },
      onFailed: (failure: Failure) => {
        listener.failed(failure);
      },
    };
    poller.add(polled);
    return {
      opened,
      async append({ rows, startToken, endToken }) {
        if (appending) throw new Error('a channel takes one append at a time');
        appending = true;
        try {
          await pacer.turn(rows.length);
          lastSent = endToken;
          poller.wake();
          continuation = await client.append(name, rows, { continuation, start: startToken, end: endToken });
        } finally {
          appending = false;
        }
      },
      close() {
        poller.remove(polled);
      },
    };
  }
}
