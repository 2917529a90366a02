import { systemClock, type Sink } from '@das/pipeline';
import { Channel } from './channel';
import { silentObserver } from './observer';
import { Pacer } from './pacer';
import { reactToChannel } from './reactions';
import { RestClient } from './rest-client';
import { DEFAULT_LIMITS, type SnowpipeSettings } from './settings';
import { StatusPoller } from './status-poller';

/**
 * Snowpipe Streaming as a Sink, of one pipe.
 * @throws Failure setup for a key, a URL or a compression that cannot be used
 */
export function createSnowpipeSink(settings: SnowpipeSettings): Sink {
  const { clock = systemClock, observer = silentObserver } = settings;
  const limits = { ...DEFAULT_LIMITS, ...settings.limits };
  const client = new RestClient(settings, limits, clock, observer);
  const poller = new StatusPoller((names) => client.statuses(names), { clock, limits, observer });

  return {
    limits,
    async open(name, listener, offsetToken) {
      const { continuation, status } = await client.open(name, offsetToken);
      const unhealthy = reactToChannel(status.code, 'opened');
      if (unhealthy !== undefined) throw unhealthy;
      const pacer = new Pacer(clock, limits);
      return new Channel({ name, client, poller, pacer, listener }, continuation, status);
    },
    statuses: (names) => client.statuses(names),
    drop: (name) => client.drop(name),
    async stop() {
      poller.stop();
      await client.close();
    },
  };
}
