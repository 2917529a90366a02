import { range, until } from '@das/testing';
import { consume, deliveredTo, KinesisFixture } from './fixture';

const fixture = KinesisFixture.forThisFile();

describe('the shards of a stream', () => {
  it('are shared evenly by whoever is there, and taken over when somebody leaves', async () => {
    const stream = await fixture.newStream(4);
    const readers = range(0, 3).map(() => fixture.reader(stream, consume));
    const [first, second, third] = readers;
    const counts = (): string => readers.map(({ owned }) => owned.length).join();
    await first!.start();
    expect(counts()).toBe('4,0,0');
    await second!.start();
    await until('two each', () => counts() === '2,2,0');
    await third!.start();
    await until('two, one and one', () => counts().split(',').sort().join() === '1,1,2');
    await second!.source.stop();
    await until('two and two', () => first!.owned.length === 2 && third!.owned.length === 2);
    expect(new Set([...first!.owned, ...third!.owned]).size).toBe(4);
  });

  it('are taken from an instance that has been silent for as long as a lease lasts', async () => {
    const stream = await fixture.newStream();
    // Its own leases are so long that it gives no sign of life within a lease of the other one.
    const silent = await fixture.reader(stream, consume, { leaseMs: 60_000 }).start();
    const { partition } = silent.only;
    await fixture.produce(stream, 0, 10);
    await until('it reads', () => silent.count === 10);
    const next = await fixture.reader(stream, consume).start();
    const beganMs = performance.now();
    await until('it is taken over', () => next.owned.length === 1);
    expect(performance.now() - beganMs).toBeGreaterThan(900);
    expect(await partition.proveOwnership()).toBe(false);
    await expect(
      partition.writeCheckpoint({ position: silent.only.records[9]!.position, kind: 'committed' }),
    ).rejects.toMatchObject({ kind: 'transient', code: 'not_owner' });
    await fixture.produce(stream, 10, 20);
    await until('the other one reads on', () => next.count >= 10);
    expect(deliveredTo(next)).toEqual(range(10, 20));
  });

  it('are let go of by an instance whose lease was taken', async () => {
    const stream = await fixture.newStream();
    const slow = await fixture.reader(stream, consume, { leaseMs: 5_000 }).start();
    const next = await fixture.reader(stream, consume).start();
    await until('it is taken over', () => next.owned.length === 1);
    await until('the other one is told', () => slow.only.revoked);
    expect(slow.owned).toEqual([]);
  });
});
