import { places, ResumeRig } from './rig';

const rig = ResumeRig.forThisFile();

describe('a channel that is gone, with its token, while the group has an offset', () => {
  it('stops the partition at the start', async () => {
    await rig.produce(0, 10);
    const first = await rig.start();
    await first.committed(10);
    expect(await first.stop()).toBe(true);
    await rig.endpoint.faults.commit({ kind: 'lose-channel' });
    await rig.produce(10, 20);
    const collector = await rig.start();
    const failure = await collector.stopped('channel_lost');
    expect(failure).toMatchObject({
      kind: 'setup',
      cure: expect.stringContaining('channel-lost.md') as string,
    });
    expect(collector.count('append')).toBe(0);
    expect(await rig.endpoint.places()).toEqual(places(1, 0, 10));
  });

  it('stops the partition of a collector that runs, at once and without a new event', async () => {
    await rig.produce(0, 10);
    const collector = await rig.start();
    await collector.committed(10);
    await rig.endpoint.faults.commit({ kind: 'lose-channel' });
    await collector.stopped('channel_lost');
    await rig.produce(10, 20);
    await collector.stopped('channel_lost');
    expect(await rig.endpoint.places()).toEqual(places(1, 0, 10));
  });
});
