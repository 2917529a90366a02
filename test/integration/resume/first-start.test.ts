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
