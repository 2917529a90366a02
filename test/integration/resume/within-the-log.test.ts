import { until } from '@das/testing';
import { CLEAN, places, ResumeRig } from './rig';

const rig = ResumeRig.forThisFile();

describe('a token within the log', () => {
  it('is gone on after, whatever the collector was doing when it ended', async () => {
    await rig.produce(0, 100);
    const first = await rig.start();
    await first.committed(100);
    await rig.endpoint.faults.commit({ kind: 'withhold-commits' });
    await rig.produce(100, 200);
    await until('read', () => first.counts.landed === 200);
    await first.abandon();
    await rig.endpoint.faults.clear();

    const second = await rig.start();
    await rig.produce(200, 300);
    await second.committed(100);
    await until('all are there', async () => (await rig.endpoint.places()).length === 300);
    expect(await rig.endpoint.places()).toEqual(places(1, 0, 300));
    expect(await rig.endpoint.recount(rig.records())).toMatchObject({ produced: 300, ...CLEAN });
  });

  it('is gone on after where retention has taken the record at the token, and not the next one', async () => {
    await rig.produce(0, 10);
    const first = await rig.start();
    await first.committed(10);
    await first.stop();
    await rig.produce(10, 20);
    await rig.deleteBefore(10);
    const second = await rig.start();
    await second.committed(10);
    expect(second.gaps).toEqual([]);
    expect(await rig.endpoint.places()).toEqual(places(1, 0, 20));
  });
});
