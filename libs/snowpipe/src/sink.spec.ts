import { ChannelInvalidated, type ChannelStatus, type Clock, type Failure, type Sink } from '@das/pipeline';
import type { SnowpipeLimits } from './settings';
import { createSnowpipeSink } from './sink';
import { ScriptedService } from './testing/scripted-service';
import { testSettings } from './testing/test-settings';

let service: ScriptedService;
let sinks: Sink[];

beforeEach(async () => {
  service = await ScriptedService.start();
  sinks = [];
});

afterEach(async () => {
  await Promise.all(sinks.map((sink) => sink.stop()));
  await service.stop();
});

function connect(limits: Partial<SnowpipeLimits> = {}): Sink {
  const quick = { pollMs: 5, requestsPerSecond: 1_000, longestBackoffMs: 5 };
  const sink = createSnowpipeSink({
    ...testSettings,
    accountUrl: service.url,
    limits: { ...quick, ...limits },
  });
  sinks.push(sink);
  return sink;
}

/** Everything that an open channel was told, in order. */
class Listener {
  readonly heard: (ChannelStatus | Failure)[] = [];

  status(status: ChannelStatus): void {
    this.heard.push(status);
  }

  failed(failure: Failure): void {
    this.heard.push(failure);
  }
}

const batch = (position: number) => ({
  rows: Buffer.from(`{"A":${position}}\n`),
  rowCount: 1,
  startToken: `${position}~a`,
  endToken: `${position}~a`,
});

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 2));
}

const quiet = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 50));

describe('a channel of the sink', () => {
  it('learns of commits and of rejected rows by itself, and hears each change once', async () => {
    const listener = new Listener();
    const channel = await connect().open('c', listener);
    expect(channel.opened).toEqual({ committedToken: undefined, rowsRejected: 0 });
    await channel.append(batch(1));
    await channel.append(batch(2));
    await quiet();
    expect(listener.heard).toEqual([]);

    service.channel('c').rejected = 1;
    await until(() => listener.heard.length === 1);
    service.commit('c');
    await until(() => listener.heard.length === 2);
    await quiet();
    expect(listener.heard).toEqual([
      { committedToken: undefined, rowsRejected: 1 },
      { committedToken: '2~a', rowsRejected: 1 },
    ]);
  });

  it('stops polling often once everything is committed', async () => {
    const listener = new Listener();
    const channel = await connect().open('c', listener);
    await channel.append(batch(1));
    service.commit('c');
    await until(() => listener.heard.length === 1);
    const polls = service.of('status').length;
    await quiet();
    expect(service.of('status')).toHaveLength(polls);
  });

  it('takes one append at a time', async () => {
    const channel = await connect().open('c', new Listener());
    const first = channel.append(batch(1));
    await expect(channel.append(batch(2))).rejects.toThrow('one append at a time');
    await first;
    await channel.append(batch(2));
    expect(service.of('append').map(({ query }) => query.get('endOffsetToken'))).toEqual(['1~a', '2~a']);
  });

  it('takes nothing after an append that failed: a later token would cover the hole', async () => {
    const channel = await connect({ attempts: 1 }).open('c', new Listener());
    service.answer('append', { status: 503 });
    await expect(channel.append(batch(1))).rejects.toMatchObject({ kind: 'transient', code: 'http_503' });
    await expect(channel.append(batch(2))).rejects.toBeInstanceOf(ChannelInvalidated);
    expect(service.of('append')).toHaveLength(1);
    expect(service.channel('c').received).toBeUndefined();
  });

  it('is fenced by the next opening, which resumes at the committed token', async () => {
    const [first, second] = [connect(), connect()];
    const earlier = await first.open('c', new Listener());
    await earlier.append(batch(1));
    service.commit('c');
    await earlier.append(batch(2));

    const later = await second.open('c', new Listener());
    expect(later.opened.committedToken).toBe('1~a');
    await expect(earlier.append(batch(3))).rejects.toBeInstanceOf(ChannelInvalidated);
    await later.append(batch(2));
    expect(service.channel('c').received).toBe('2~a');
  });

  it('fails when the service reports it unhealthy, with no append in between', async () => {
    const listener = new Listener();
    const channel = await connect().open('c', listener);
    await channel.append(batch(1));
    service.channel('c').code = 'ERR_CHANNEL_HAS_INVALID_ROW_SEQUENCER';
    await until(() => listener.heard.length === 1);
    expect(listener.heard).toEqual([expect.any(ChannelInvalidated)]);
  });

  it('fails when the service does not know it any more', async () => {
    const listener = new Listener();
    const channel = await connect().open('c', listener);
    await channel.append(batch(1));
    service.channels.clear();
    await until(() => listener.heard.length === 1);
    expect(listener.heard[0]).toMatchObject({ code: 'channel_missing' });
  });

  it('hears nothing once it is closed', async () => {
    const listener = new Listener();
    const channel = await connect().open('c', listener);
    await channel.append(batch(1));
    channel.close();
    service.commit('c');
    await quiet();
    expect(listener.heard).toEqual([]);
  });

  it('is paced per channel, not for all of them', async () => {
    const sink = connect({ requestsPerSecond: 2 });
    const [one, two] = await Promise.all(['a', 'b'].map((name) => sink.open(name, new Listener())));
    const startedMs = performance.now();
    await Promise.all([one!.append(batch(1)), two!.append(batch(1))]);
    const firstMs = performance.now() - startedMs;
    await one!.append(batch(2));
    expect(firstMs).toBeLessThan(480);
    expect(performance.now() - startedMs).toBeGreaterThanOrEqual(480);
  });
});

describe('opening', () => {
  it('a channel that stays unhealthy is a failure, by its code', async () => {
    const sink = connect();
    await sink.open('c', new Listener());
    service.channel('c').code = 'ERR_CHANNEL_MUST_BE_REOPENED';
    await expect(sink.open('c', new Listener())).rejects.toBeInstanceOf(ChannelInvalidated);
    service.channel('c').code = 'ERR_TABLE_DOES_NOT_EXIST_NOT_AUTHORIZED';
    await expect(sink.open('c', new Listener())).rejects.toMatchObject({
      kind: 'setup',
      code: 'pipe_missing',
    });
  });
});

it('is not made with an account URL that would send rows in clear', () => {
  expect(() => createSnowpipeSink({ ...testSettings, accountUrl: 'http://acme.example.com' })).toThrow(
    expect.objectContaining({ kind: 'setup', code: 'account_url' }) as Error,
  );
});

it('leaves unknown channels out of the statuses', async () => {
  const sink = connect();
  await sink.open('a', new Listener(), '5~e');
  const found = await sink.statuses(['a', 'b']);
  expect([...found.keys()]).toEqual(['a']);
  expect(found.get('a')?.committedToken).toBe('5~e');
});

it('can be stopped twice, and leaves no timer behind', async () => {
  const timers = new Set<() => void>();
  const clock: Clock = {
    now: () => Date.now(),
    after: (_, callback) => {
      timers.add(callback);
      return () => timers.delete(callback);
    },
  };
  const sink = createSnowpipeSink({ ...testSettings, accountUrl: service.url, clock });
  await sink.open('a', new Listener());
  expect(timers.size).toBe(1);
  await sink.stop();
  await sink.stop();
  expect(timers.size).toBe(0);
  await expect(sink.open('a', new Listener())).rejects.toMatchObject({ code: 'sink_stopped' });
});
