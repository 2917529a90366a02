import type { Gap } from '@das/pipeline';
import { ordersEventsV1 } from '@contracts/brook-commerce';
import { until } from '@das/testing';
import { places, ResumeRig } from './rig';

const rig = ResumeRig.forThisFile();

/** Ten records are committed, twenty more come while nobody reads, and retention takes the first half of these. */
async function leaveAGap(): Promise<{ readonly beforeMs: number; readonly betweenMs: number }> {
  const beforeMs = Date.now();
  await rig.produce(0, 10);
  const first = await rig.start();
  await first.committed(10);
  expect(await first.stop()).toBe(true);
  await rig.produce(10, 20);
  const betweenMs = Date.now();
  await rig.produce(20, 30);
  await rig.deleteBefore(20);
  return { beforeMs, betweenMs };
}

describe('retention that ran past the token', () => {
  it('stops the partition, and names the gap in records and time', async () => {
    const { beforeMs, betweenMs } = await leaveAGap();
    const collector = await rig.start();
    const failure = await collector.stopped('retention_gap');
    expect(failure).toMatchObject({
      kind: 'setup',
      cure: expect.stringContaining('onGap: continue') as string,
    });
    const told = /: (\d+) records after (\d+) up to (\d+) are gone, taken from (\S+) to (\S+)$/.exec(
      failure.message,
    );
    expect(told?.slice(1, 4)).toEqual(['10', '9', '19']);
    const [sinceMs = 0, untilMs = 0] = (told ?? []).slice(4).map((instant) => Date.parse(instant));
    expect(sinceMs).toBeGreaterThanOrEqual(beforeMs);
    expect(sinceMs).toBeLessThanOrEqual(betweenMs);
    // To the second.
    expect(untilMs).toBeGreaterThanOrEqual(betweenMs - 1_000);
    expect(untilMs).toBeLessThanOrEqual(Date.now());
    expect(collector.count('append')).toBe(0);
    expect(await rig.endpoint.places()).toEqual(places(1, 0, 10));
  });

  it('is passed over where the contract says so, reported once, and everything after it lands', async () => {
    await leaveAGap();
    const accepting = { onGap: 'continue' } as const;
    const collector = rig.collector(accepting);
    // Opened twice before anything after the gap is committed.
    await rig.endpoint.faults.commit({
      kind: 'refuse',
      on: 'append',
      status: 409,
      code: 'ERR_CHANNEL_FENCED',
    });
    await collector.start();
    await collector.committed(10);
    expect(collector.counts.openings).toBe(2);
    const gap: Gap = { from: '9', to: '19', records: 10, sinceMs: undefined, untilMs: undefined };
    expect(collector.gaps).toEqual([
      { ...gap, sinceMs: expect.any(Number) as number, untilMs: expect.any(Number) as number },
    ]);
    expect(await rig.endpoint.places()).toEqual([...places(1, 0, 10), ...places(1, 20, 30)]);
  });

  it('is told as well where nothing is left in the log, and where nothing was committed yet', async () => {
    await rig.produce(0, 10);
    await rig.endpoint.faults.commit({ kind: 'withhold-commits' });
    const first = await rig.start();
    await until('it runs', () => first.counts.openings === 1);
    await first.abandon();
    await rig.endpoint.faults.usurp(`resume__${ordersEventsV1.stream}__1__0`);
    await rig.endpoint.faults.clear();
    await rig.deleteBefore(10);
    const collector = await rig.start();
    const failure = await collector.stopped('retention_gap');
    expect(failure.message).toContain(
      '10 records after -1 up to 9 are gone, taken from an unknown time to an unknown time',
    );
  });
});
