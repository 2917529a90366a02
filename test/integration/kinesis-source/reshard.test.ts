import { setTimeout as sleep } from 'node:timers/promises';
import { range, until } from '@das/testing';
import { consume, deliveredTo, KinesisFixture, leaveOpen } from './fixture';

const fixture = KinesisFixture.forThisFile();
const PARENT = 'shardId-000000000000';
const CHILDREN = ['shardId-000000000001', 'shardId-000000000002'];

describe('a shard that is split', () => {
  it('is read to its end, and done, before its children are read', async () => {
    const stream = await fixture.newStream();
    await fixture.produce(stream, 0, 50);
    await fixture.kinesis.split(stream, PARENT);
    await fixture.produce(stream, 50, 100);
    const waiting = await fixture.reader(stream, leaveOpen).start();
    await until('the parent has come to its end', () => waiting.only.ended > 0);
    await sleep(600);
    // It is not done: something that it delivered may not be committed.
    expect(waiting.owned).toEqual([PARENT]);
    await waiting.source.stop();

    const reader = await fixture.reader(stream, consume).start();
    await until('the rest is read', () => reader.count >= 50);
    expect([deliveredTo(waiting), deliveredTo(reader)]).toEqual([range(0, 50), range(50, 100)]);
    expect(reader.owned).toEqual(CHILDREN);
    expect(reader.only.partition.id).toBe(PARENT);
  });

  it('and merged again while it is read comes in the order of its keys', async () => {
    const stream = await fixture.newStream();
    const reader = await fixture.reader(stream, consume).start();
    await fixture.produceKeys(stream, 0, 20);
    await fixture.kinesis.split(stream, PARENT);
    await fixture.produceKeys(stream, 20, 40);
    await fixture.kinesis.merge(stream, CHILDREN[0]!);
    await fixture.produceKeys(stream, 40, 60);
    await until('all of it is read', () => reader.count >= 240);
    expect(reader.count).toBe(240);
    for (const key of range(0, 4)) {
      const ofKey = reader.held
        .flatMap(({ records }) => records)
        .filter((record) => String(Buffer.from(record.key!)) === `key-${key}`)
        .map(({ value }) => Number(Buffer.from(value!)));
      expect(ofKey).toEqual(range(0, 60));
    }
    await until('only the last shard is held', () => reader.owned.join() === 'shardId-000000000003');
  });

  it('leaves children that are read from their beginning, whatever a first start would do', async () => {
    const stream = await fixture.newStream();
    const first = await fixture.reader(stream, consume).start();
    await fixture.produce(stream, 0, 10);
    await until('the parent is read', () => first.count === 10);
    await first.source.stop();
    await fixture.kinesis.split(stream, PARENT);
    await fixture.produce(stream, 10, 30);
    const next = await fixture.reader(stream, consume).start();
    await until('the children are there', () => next.owned.join() === CHILDREN.join());
    for (const { partition } of next.held.slice(-2)) {
      const planted = await partition.readCheckpoint();
      expect(planted).toBeDefined();
      expect(next.source.compare(planted!.position, (await partition.bounds()).last)).toBeLessThanOrEqual(0);
    }
    await until('they are read', () => next.count === 20);
    expect(deliveredTo(next)).toEqual(range(10, 30));
  });

  it('leaves children that nobody takes for shards that are gone, however old the list of shards is', async () => {
    const stream = await fixture.newStream();
    const first = await fixture.reader(stream, consume).start();
    const late = await fixture.reader(stream, consume, { listMs: 60_000 }).start();
    await fixture.produceKeys(stream, 0, 10);
    await fixture.kinesis.split(stream, PARENT);
    // The lease of a child is all that it has heard of it.
    await until('one child each', () => late.held.length > 0 && first.owned.length === 1);
    await fixture.produceKeys(stream, 10, 20);
    const places = () =>
      new Set(
        [first, late].flatMap(({ held }) => held.flatMap(({ records }) => records.map((r) => r.position))),
      );
    await until('all of it is read', () => places().size === 80, 8_000);
  });

  it('and passed over by a first start at the latest records leaves its children to such a start, too', async () => {
    const stream = await fixture.newStream();
    await fixture.produce(stream, 0, 10);
    await fixture.kinesis.split(stream, PARENT);
    /** Of each shard, whether it was left to the reader where to begin. */
    const asked: boolean[] = [];
    let begun = 0;
    const latest = await fixture
      .reader(stream, (held) => {
        void (async () => {
          asked.push((await held.partition.readCheckpoint()) === undefined);
          const { last } = await held.partition.bounds();
          await held.partition.writeCheckpoint({ position: last, kind: 'started' });
          consume(held);
          begun++;
        })();
      })
      .start();
    await until('all shards were begun', () => begun === 3);
    expect(asked).toEqual([true, true, true]);
    await until('the children are held', () => latest.owned.join() === CHILDREN.join());
    expect(latest.count).toBe(0);
  });
});
