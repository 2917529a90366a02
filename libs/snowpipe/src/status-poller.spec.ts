import { ChannelInvalidated, Failure } from '@das/pipeline';
import { ManualClock } from '@das/testing';
import type { RemoteStatus } from './answers';
import { StatusPoller, type Polled } from './status-poller';

const limits = { pollMs: 200, idlePollMs: 5_000, pollPatienceMs: 60_000 };

class FakeChannel implements Polled {
  hasUncommitted = false;
  readonly heard: (string | Failure)[] = [];

  constructor(readonly name: string) {}

  onStatus({ committedToken }: RemoteStatus): void {
    this.heard.push(committedToken ?? 'nothing');
    if (committedToken === 'all') this.hasUncommitted = false;
  }

  onFailed(failure: Failure): void {
    this.heard.push(failure);
  }
}

/** A poller, what it asked for and when, and what it is answered. */
class World {
  readonly clock = new ManualClock();
  readonly asked: string[][] = [];
  readonly failures: Failure[] = [];
  statuses = new Map<string, RemoteStatus>();
  failure: Error | undefined;
  readonly poller = new StatusPoller(
    async (names) => {
      this.asked.push([...names]);
      await Promise.resolve();
      if (this.failure !== undefined) throw this.failure;
      return this.statuses;
    },
    {
      clock: this.clock,
      limits,
      observer: {
        requestFinished: () => undefined,
        pollFailed: (failure) => this.failures.push(failure),
      },
    },
  );

  channel(name: string, code = 'SUCCESS'): FakeChannel {
    const channel = new FakeChannel(name);
    this.report(name, 'some', code);
    this.poller.add(channel);
    return channel;
  }

  report(name: string, committedToken: string, code = 'SUCCESS'): void {
    this.statuses.set(name, { code, committedToken, rowsRejected: 0 });
  }

  async advance(ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += 50) {
      this.clock.advance(50);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}

describe('status polling', () => {
  it('is proactive: often while any channel has uncommitted rows, with no append in between', async () => {
    const world = new World();
    const channel = world.channel('a');
    channel.hasUncommitted = true;
    world.poller.wake();
    await world.advance(1_000);
    expect(world.asked).toHaveLength(5);

    world.report('a', 'all');
    await world.advance(200);
    expect(channel.heard.at(-1)).toBe('all');
    await world.advance(4_900);
    expect(world.asked).toHaveLength(6);
    await world.advance(100);
    expect(world.asked).toHaveLength(7);
  });

  it('is woken from its idle pace by an append', async () => {
    const world = new World();
    const channel = world.channel('a');
    await world.advance(1_000);
    expect(world.asked).toHaveLength(0);
    channel.hasUncommitted = true;
    world.poller.wake();
    await world.advance(200);
    expect(world.asked).toHaveLength(1);
  });

  it('asks for all channels at once', async () => {
    const world = new World();
    for (const name of ['a', 'b', 'c']) world.channel(name);
    await world.advance(5_000);
    expect(world.asked).toEqual([['a', 'b', 'c']]);
  });

  it('asks for nothing when no channel is open, nor after it was stopped', async () => {
    const world = new World();
    world.poller.remove(world.channel('a'));
    await world.advance(10_000);
    expect(world.asked).toHaveLength(0);

    world.channel('b').hasUncommitted = true;
    world.poller.stop();
    await world.advance(10_000);
    expect(world.asked).toHaveLength(0);
  });

  it('does not report a poll that stopping broke off', async () => {
    const world = new World();
    world.channel('a');
    world.failure = new Failure('transient', 'sink_stopped', 'stopped');
    world.clock.advance(5_000);
    expect(world.asked).toHaveLength(1);
    world.poller.stop();
    await world.advance(10_000);
    expect(world.failures).toEqual([]);
  });
});

describe('what a poll finds', () => {
  it('fails an unhealthy channel once, and leaves the others alone', async () => {
    const world = new World();
    const sick = world.channel('a', 'ERR_CHANNEL_MUST_BE_REOPENED');
    const healthy = world.channel('b', 'ACTIVE');
    await world.advance(10_000);
    expect(sick.heard).toEqual([expect.any(ChannelInvalidated)]);
    expect(sick.heard[0]).toMatchObject({ code: 'err_channel_must_be_reopened' });
    expect(healthy.heard).toEqual(['some', 'some']);
  });

  it('fails a channel that the service left out', async () => {
    const world = new World();
    const channel = world.channel('a');
    world.statuses.clear();
    await world.advance(5_000);
    expect(channel.heard).toEqual([expect.any(ChannelInvalidated)]);
    expect(channel.heard[0]).toMatchObject({ code: 'channel_missing' });
  });

  it('is not told to a channel that was closed meanwhile', async () => {
    const world = new World();
    const closed = world.channel('a');
    const sick = world.channel('b', 'ERR_CHANNEL_MUST_BE_REOPENED');
    world.clock.advance(5_000);
    expect(world.asked).toEqual([['a', 'b']]);
    world.poller.remove(closed);
    world.poller.remove(sick);
    await world.advance(50);
    expect([...closed.heard, ...sick.heard]).toEqual([]);
  });
});

describe('polls that fail', () => {
  const down = new Failure('transient', 'endpoint_unreachable', 'down');

  it('are repeated, each one reported, and fail the channels only when their time is up', async () => {
    const world = new World();
    const channel = world.channel('a');
    channel.hasUncommitted = true;
    world.failure = down;
    world.poller.wake();
    await world.advance(60_000);
    expect(channel.heard).toEqual([]);
    expect(world.failures).toHaveLength(300);
    await world.advance(300);
    expect(channel.heard).toEqual([down]);
  });

  it('are forgotten by one that succeeds', async () => {
    const world = new World();
    const channel = world.channel('a');
    channel.hasUncommitted = true;
    world.failure = down;
    world.poller.wake();
    await world.advance(59_000);
    world.failure = undefined;
    await world.advance(200);
    world.failure = down;
    await world.advance(59_000);
    expect(channel.heard).toEqual(['some']);
  });

  it('for a reason that only a person can cure fail the channels at once', async () => {
    const world = new World();
    const channel = world.channel('a');
    world.failure = new Failure('setup', 'not_authorised', 'refused');
    await world.advance(5_000);
    expect(channel.heard).toEqual([world.failure]);
  });

  it('for a reason that nobody classified are repeated as well', async () => {
    const world = new World();
    const channel = world.channel('a');
    world.failure = new TypeError('odd');
    await world.advance(5_000);
    expect(channel.heard).toEqual([]);
    expect(world.failures).toEqual([expect.objectContaining({ kind: 'unknown' })]);
  });
});
