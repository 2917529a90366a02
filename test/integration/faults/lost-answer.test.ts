import { FaultRig } from './rig';

const rig = FaultRig.forThisFile();

describe('an answer that is lost', () => {
  it.each(['receipt', 'commit'])('to an append, after the %s, doubles nothing', async (after) => {
    const collector = await rig.inService();
    await rig.meet({ kind: 'drop-response', on: 'append', after });
    await rig.isWhole();
    // The same request again finds its continuation token used up; the committed token tells what is to be sent.
    expect(collector.failures.map(({ code }) => code)).toEqual(['stale_continuation_token_sequencer']);
    expect(collector.counts.openings).toBe(2);
  });

  it('to an append, again and again, doubles nothing', async () => {
    await rig.inService();
    await rig.meet({ kind: 'drop-response', on: 'append', after: 'commit', times: 4 }, 60);
    await rig.isWhole();
  });

  it('to the opening is asked for again', async () => {
    await rig.inService();
    await rig.endpoint.faults.commit({ kind: 'drop-response', on: 'open', times: 2 });
    await rig.meet({ kind: 'invalidate-channel' });
    await rig.isWhole();
  });

  it('to the status is asked for again', async () => {
    const collector = await rig.inService();
    await rig.meet({ kind: 'drop-response', on: 'status', times: 3 });
    await rig.isWhole();
    expect(collector.counts.openings).toBe(1);
  });
});
