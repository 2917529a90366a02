import { FaultRig } from './rig';

const rig = FaultRig.forThisFile();

describe('what passes by itself', () => {
  it.each([408, 429, 500, 503])(
    'an append that is answered %i is sent again, on the same channel',
    async (status) => {
      const collector = await rig.inService();
      await rig.meet({ kind: 'refuse', on: 'append', status, times: 3 });
      await rig.isWhole();
      const refused = collector.requests.filter((request) => request.status === status);
      expect(refused.map(({ operation, attempt }) => [operation, attempt])).toEqual([
        ['append', 0],
        ['append', 1],
        ['append', 2],
      ]);
      expect(collector.counts.openings).toBe(1);
      expect(collector.failures).toEqual([]);
    },
  );

  it('a status that is refused says nothing of the channel', async () => {
    const collector = await rig.inService();
    await rig.meet({ kind: 'refuse', on: 'status', status: 503, times: 8 });
    await rig.isWhole();
    expect(collector.counts.openings).toBe(1);
  });

  it('a service that is down for longer than one request is tried is found again', async () => {
    const collector = await rig.inService({ limits: { attempts: 2, retryForMs: 300 } });
    await rig.endpoint.kill9();
    await rig.produce(20);
    await collector.stopped('endpoint_unreachable');
    await rig.endpoint.restart();
    await rig.isWhole();
  });

  it('an append that is slow is waited for', async () => {
    const collector = await rig.inService();
    await rig.meet({ kind: 'slow', on: 'append', ms: 700 });
    await rig.isWhole();
    expect(collector.counts.openings).toBe(1);
  });

  it('an append that is too slow is given up, and whatever became of it nothing is doubled', async () => {
    const collector = await rig.inService({ limits: { requestTimeoutMs: 200 } });
    await rig.meet({ kind: 'slow', on: 'append', ms: 600 });
    await rig.isWhole();
    expect(collector.requests.some(({ status }) => status === 0)).toBe(true);
  });
});
