import { until } from '@das/testing';
import { CHANNEL, FaultRig } from './rig';

const rig = FaultRig.forThisFile();

describe('commits that do not come', () => {
  it('are waited for, and learnt of without a new event', async () => {
    const collector = await rig.inService();
    await rig.meet({ kind: 'withhold-commits' });
    await rig.received();
    const polls = collector.count('status');
    await until('it goes on asking', () => collector.count('status') > polls + 3);
    expect(collector.counts.committed).toBe(20);
    await rig.endpoint.faults.clear();
    await collector.committed(40);
    expect(collector.counts.openings).toBe(1);
    await rig.isWhole();
  });

  it('because a passing writer made the service forget are missed, and all is sent again without a new event', async () => {
    const collector = await rig.inService({ commitPatienceMs: 1_000 });
    await rig.meet({ kind: 'withhold-commits' });
    await rig.received();
    await rig.endpoint.faults.usurp(CHANNEL);
    await rig.endpoint.faults.clear();
    await rig.isWhole();
    expect(collector.failures.map(({ code }) => code)).toEqual(['commit_overdue']);
  });

  it('because the disk is full make the endpoint take no more, and are made good when there is room', async () => {
    const collector = await rig.inService();
    await rig.meet({ kind: 'disk-full' });
    await until('it refuses', async () => {
      await rig.produce(5);
      return collector.requests.some(({ operation, status }) => operation === 'append' && status === 503);
    });
    expect(collector.counts.committed).toBe(20);
    await rig.endpoint.faults.clear();
    await rig.isWhole();
  });

  it('because the endpoint was killed are made good by reading again', async () => {
    await rig.inService();
    await rig.meet({ kind: 'withhold-commits' });
    await rig.received();
    await rig.endpoint.kill9();
    await rig.endpoint.restart();
    await rig.isWhole();
  });
});

describe('rows that the table refuses', () => {
  it('are a loss that is seen: read = landed + rejected', async () => {
    const collector = await rig.inService();
    await rig.meet({ kind: 'reject-rows', times: 3 });
    await until('it is seen', () => collector.counts.rejected === 3);
    await rig.isWhole({ lost: 3 });
    expect(collector.counts.openings).toBe(1);
  });
});
