import { FaultRig } from './rig';

const rig = FaultRig.forThisFile();

describe('credentials', () => {
  it('that have expired are fetched anew, and the channel stays open', async () => {
    const collector = await rig.inService();
    const tokens = collector.count('token');
    await rig.meet({ kind: 'expire-tokens' });
    await rig.isWhole();
    expect(collector.count('token')).toBeGreaterThan(tokens);
    expect(collector.counts.openings).toBe(1);
    expect(collector.failures).toEqual([]);
  });

  it.each([401, 403])(
    'that are refused once with %i are fetched anew, and the channel stays open',
    async (status) => {
      const collector = await rig.inService();
      await rig.meet({ kind: 'refuse', on: 'append', status });
      await rig.isWhole();
      expect(collector.counts.openings).toBe(1);
    },
  );

  it('that are refused again are a set-up failure, and the collector goes on by itself when they are cured', async () => {
    const collector = await rig.inService();
    await rig.meet({ kind: 'refuse', on: 'append', status: 403, times: 1_000 });
    await rig.endpoint.faults.commit({ kind: 'refuse', on: 'open', status: 403, times: 1_000 });
    const failure = await collector.stopped('not_authorised');
    expect(failure).toMatchObject({
      kind: 'setup',
      cure: expect.stringContaining('SNOWFLAKE_USER') as string,
    });
    await rig.endpoint.faults.clear();
    await rig.isWhole();
  });
});
