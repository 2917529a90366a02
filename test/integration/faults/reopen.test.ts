import { FaultRig } from './rig';

const rig = FaultRig.forThisFile();

describe('a channel that cannot go on', () => {
  it.each([
    'ERR_CHANNEL_HAS_INVALID_ROW_SEQUENCER',
    'ERR_CHANNEL_HAS_INVALID_CLIENT_SEQUENCER',
    'ERR_CHANNEL_MUST_BE_REOPENED',
    'ERR_CHANNEL_MUST_BE_REOPENED_DUE_TO_ROW_SEQ_GAP',
    'ERR_PIPE_DOES_NOT_EXIST_OR_NOT_AUTHORIZED',
    'ERR_TABLE_DOES_NOT_EXIST_NOT_AUTHORIZED',
  ])(
    'by its status %s is opened again, and what it forgot is sent again, without a new event',
    async (code) => {
      const collector = await rig.inService();
      await rig.meet({ kind: 'withhold-commits' });
      await rig.received();
      await rig.endpoint.faults.commit({ kind: 'invalidate-channel', code });
      await rig.endpoint.faults.clear();
      await rig.isWhole();
      expect(collector.counts.openings).toBe(2);
      expect(collector.failures.map((failure) => failure.code)).toEqual([code.toLowerCase()]);
    },
  );

  it('because of a stale sequencer is opened again', async () => {
    const collector = await rig.inService();
    await rig.meet({ kind: 'stale-sequencer' });
    await rig.isWhole();
    expect(collector.failures.map(({ code }) => code)).toEqual(['stale_continuation_token_sequencer']);
    expect(collector.counts.openings).toBe(2);
  });

  it('because another writer took it is taken back by who owns the partition', async () => {
    const collector = await rig.inService();
    await rig.meet({
      kind: 'refuse',
      on: 'append',
      status: 409,
      code: 'ERR_CHANNEL_HAS_INVALID_CLIENT_SEQUENCER',
    });
    await rig.isWhole();
    expect(collector.counts.openings).toBe(2);
  });

  it('because opening it is refused is opened again, later', async () => {
    const collector = await rig.inService();
    await rig.endpoint.faults.commit({
      kind: 'refuse',
      on: 'open',
      status: 409,
      code: 'ERR_CHANNEL_HAS_UNCOMMITTED_DATA',
      times: 3,
    });
    await rig.meet({ kind: 'invalidate-channel' });
    await rig.isWhole();
    expect(collector.counts.openings).toBe(2);
    expect(collector.count('open')).toBe(5);
  });
});

describe('a pipe that is gone', () => {
  it('is a set-up failure once opening does not cure it, and the collector goes on by itself when it is back', async () => {
    const collector = await rig.inService();
    const missing = { status: 404, code: 'ERR_PIPE_DOES_NOT_EXIST_OR_NOT_AUTHORIZED', times: 1_000 };
    await rig.endpoint.faults.commit({ kind: 'refuse', on: 'open', ...missing });
    await rig.meet({ kind: 'refuse', on: 'append', ...missing });
    const failure = await collector.stopped('pipe_missing');
    expect(failure).toMatchObject({ kind: 'setup', cure: expect.stringContaining('sql/bronze') as string });
    await rig.endpoint.faults.clear();
    await rig.isWhole();
    expect(collector.ingest.health().partitions).toMatchObject([{ running: true }]);
  });
});
