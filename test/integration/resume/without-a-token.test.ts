import { until } from '@das/testing';
import { CLEAN, places, ResumeRig } from './rig';

const rig = ResumeRig.forThisFile();

describe('a first start', () => {
  it('from the earliest record takes all', async () => {
    await rig.produce(0, 20);
    const collector = await rig.start({ startFrom: 'earliest' });
    await rig.produce(20, 30);
    await collector.committed(30);
    expect(await rig.endpoint.places()).toEqual(places(1, 0, 30));
    expect(await rig.endpoint.recount(rig.records())).toMatchObject({ produced: 30, ...CLEAN });
  });

  it('from the latest takes what comes from then on', async () => {
    await rig.produce(0, 20);
    const collector = await rig.start({ startFrom: 'latest' });
    await until('it runs', () => collector.counts.openings === 1);
    await rig.produce(20, 30);
    await collector.committed(10);
    expect(await rig.endpoint.places()).toEqual(places(1, 20, 30));
  });

  it.each(['earliest', 'latest'] as const)(
    'from the %s that committed nothing is made again from where it was, whatever came meanwhile',
    async (startFrom) => {
      await rig.produce(0, 20);
      await rig.endpoint.faults.commit({ kind: 'withhold-commits' });
      const first = await rig.start({ startFrom });
      await until('it runs', () => first.counts.openings === 1);
      await rig.produce(20, 30);
      await until('it has read them', () => first.counts.landed === (startFrom === 'latest' ? 10 : 30));
      await first.abandon();
      await rig.endpoint.kill9();
      await rig.produce(30, 40);
      await rig.endpoint.restart();

      const second = await rig.start({ startFrom });
      const from = startFrom === 'latest' ? 20 : 0;
      await second.committed(40 - from);
      expect(await rig.endpoint.places()).toEqual(places(1, from, 40));
    },
  );
});

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
