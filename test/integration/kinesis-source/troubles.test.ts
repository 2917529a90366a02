import { setTimeout as sleep } from 'node:timers/promises';
import { leaveAlone, range, until } from '@das/testing';
import { consume, deliveredTo, KinesisFixture } from './fixture';

const fixture = KinesisFixture.forThisFile();

describe('a stream in trouble', () => {
  afterEach(() => {
    fixture.kinesis.front.readsPerSecond = Infinity;
  });

  it('is read within the five reads a second that a shard gives', async () => {
    const { front } = fixture.kinesis;
    const stream = await fixture.newStream();
    await fixture.produce(stream, 0, 20);
    const reader = await fixture.reader(stream, consume, { pollMs: { busy: 250, idle: 1_000 } }).start();
    await until('it is read', () => reader.count === 20);
    front.readsPerSecond = 5;
    const [before, refused] = [front.reads.length, front.refused];
    for (const round of range(1, 9)) {
      await fixture.produce(stream, round * 20, round * 20 + 20);
      await sleep(250);
    }
    await until('it is read', () => reader.count === 180);
    expect(front.refused - refused).toBe(0);
    expect(front.reads.length - before).toBeLessThanOrEqual(12);
  });

  it('is read more slowly where others read it too, and tells nobody of that', async () => {
    const { front } = fixture.kinesis;
    const stream = await fixture.newStream();
    await fixture.produce(stream, 0, 20);
    const reader = await fixture.reader(stream, consume).start();
    front.failReads(...range(0, 5).map(() => 'ProvisionedThroughputExceededException' as const));
    await fixture.produce(stream, 20, 40);
    await until('it is read', () => reader.count === 40);
    expect(deliveredTo(reader)).toEqual(range(0, 40));
    expect(reader.failures).toEqual([]);
  });

  it('has ends that are found while it is written to all the time', async () => {
    const stream = await fixture.newStream();
    await fixture.produce(stream, 0, 10);
    const reader = await fixture.reader(stream, leaveAlone, { pollMs: { busy: 100, idle: 100 } }).start();
    const found = { yet: false };
    const bounds = reader.only.partition.bounds().finally(() => (found.yet = true));
    for (let round = 1; !found.yet && round < 100; round++) {
      await fixture.produce(stream, round * 10, round * 10 + 10);
      await sleep(20);
    }
    expect(found.yet).toBe(true);
    const { before, last } = await bounds;
    expect(reader.source.compare(before, last)).toBeLessThan(0);
  });

  it('is read on where it was when an iterator has expired', async () => {
    const { front } = fixture.kinesis;
    const stream = await fixture.newStream();
    const reader = await fixture.reader(stream, consume).start();
    for (const round of range(0, 5)) {
      await fixture.produce(stream, round * 10, round * 10 + 10);
      front.failReads('ExpiredIteratorException');
      await until('it is read', () => reader.count === round * 10 + 10);
    }
    expect(deliveredTo(reader)).toEqual(range(0, 50));
    expect([reader.failures, reader.only.disturbed]).toEqual([[], 0]);
  });

  it('is read on when Kinesis comes back, which is told', async () => {
    const { front } = fixture.kinesis;
    const stream = await fixture.newStream();
    const reader = await fixture.reader(stream, consume).start();
    await fixture.produce(stream, 0, 10);
    await until('it is read', () => reader.count === 10);
    await front.stop();
    await until('it is missed', () => reader.failures.length > 0);
    await front.start();
    await fixture.produce(stream, 10, 20);
    await until('it is read', () => reader.count === 20);
    await until('its cure is told', () => reader.failures.at(-1) === undefined);
    expect(reader.failures[0]).toMatchObject({ kind: 'transient', code: 'kinesis_unreachable' });
    expect(deliveredTo(reader)).toEqual(range(0, 20));
  });

  it.each([
    ['a stream that does not exist', 'stream_missing', async () => fixture.reader('no-such-stream')],
    [
      'a lease table that does not exist',
      'lease_table_missing',
      async () => fixture.reader(await fixture.newStream(), consume, { leaseTable: 'none' }),
    ],
  ])('is not joined with %s, which is told with its cure', async (_, code, reader) => {
    const failure = await (await reader()).refusal();
    expect(failure).toMatchObject({ kind: 'setup', code, cure: expect.any(String) as string });
    expect(failure?.line).not.toMatch(/no-such-stream|127\.0\.0\.1/);
  });

  it('that is made anew under its name is read from its beginning, after the gap is told', async () => {
    const stream = await fixture.newStream();
    const first = await fixture.reader(stream, consume).start();
    await fixture.produce(stream, 0, 10);
    await until('it is read', () => first.count === 10);
    await until('it is committed', async () => (await first.only.partition.readCheckpoint()) !== undefined);
    await first.source.stop();
    await fixture.kinesis.deleteStream(stream);
    // Sequence numbers go by the second.
    await sleep(1_100);
    await fixture.kinesis.createStream(stream, 1);
    await fixture.produce(stream, 10, 20);
    const next = await fixture.reader(stream, () => undefined).start();
    const { partition } = next.only;
    const { before } = await partition.bounds();
    const committed = await partition.readCheckpoint();
    expect(next.source.compare(committed!.position, before)).toBeLessThan(0);
    partition.seek({ after: before });
    await until('it is read', () => next.count === 10);
    expect(deliveredTo(next)).toEqual(range(10, 20));
  });
});
