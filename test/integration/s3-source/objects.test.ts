import { gzipSync } from 'node:zlib';
import {
  leaveAlone,
  MortalHandler,
  MortalSteps,
  range,
  text,
  until,
  values,
  type Held,
  type ObjectStore,
} from '@das/testing';
import { PREFIX, S3Fixture } from './fixture';

const s3 = S3Fixture.forThisFile();

const lines = (from: number, to: number): string =>
  range(from, to)
    .map((id) => `{"id":${id}}\n`)
    .join('');

const states = async (store: ObjectStore): Promise<readonly (readonly string[])[]> =>
  (await store.ledger()).map(({ key, state }) => [key.slice(PREFIX.length), state]);

/** As the pipeline does once everything is committed. */
async function finish({ partition, records }: Held): Promise<void> {
  await partition.writeCheckpoint({ position: records.at(-1)?.position ?? '0', kind: 'done' });
  await partition.finished?.();
}

describe('objects', () => {
  it('are read side by side, up to the limit, each with its name and the time at which it was put', async () => {
    const store = await s3.newStore();
    for (const name of ['a.ndjson', 'b.csv', 'c.jsonl.gz', 'd.CSV.GZ']) {
      const content = name.toLowerCase().includes('csv') ? 'id\n1\n' : lines(1, 2);
      await store.put(
        PREFIX + name,
        name.endsWith('gz') || name.endsWith('GZ') ? gzipSync(content) : content,
      );
    }
    const reader = s3.reader(store, undefined, { maxObjects: 3 });
    await reader.start();
    await until('three are read', () => reader.count === 3);
    expect(reader.held).toHaveLength(3);
    const [first] = reader.held;
    expect(Date.now() - (first?.records[0]?.timestampMs ?? 0)).toBeLessThan(60_000);
    expect(first?.records[0]?.headers.map(([name]) => name)).toEqual(['s3-key', 's3-etag']);
    await finish(first!);
    await until('the fourth is read', () => reader.count === 4);
    for (const held of reader.held.slice(1)) await finish(held);
    expect(first!.revoked).toBe(true);
    expect(new Set(reader.held.flatMap(values))).toEqual(new Set(['{"id":1}', 'id\n1']));
    expect(new Set((await states(store)).map(([, state]) => state))).toEqual(new Set(['closed']));
    await until('no notification is left', async () => (await store.messages()) === 0);
  });

  it('that were told of again are not read again, nor the same content under the same key', async () => {
    const store = await s3.newStore();
    await store.put(`${PREFIX}a.ndjson`, lines(0, 2));
    const reader = s3.reader(store);
    await reader.start();
    await until('it is read', () => reader.count === 2);
    await store.put(`${PREFIX}a.ndjson`, lines(0, 2));
    await finish(reader.only);
    await store.put(`${PREFIX}a.ndjson`, lines(0, 2));
    await until('no notification is left', async () => (await store.messages()) === 0);
    expect(reader.held).toHaveLength(1);
  });

  it('that are overwritten are read anew, and what is left of the first content is known to be gone', async () => {
    const store = await s3.newStore();
    await store.put(`${PREFIX}a.ndjson`, lines(0, 2));
    const reader = s3.reader(store, leaveAlone);
    await reader.start();
    await until('it is assigned', () => reader.held.length === 1);
    const { partition } = reader.only;
    await partition.writeCheckpoint({ position: '1', kind: 'committed' });
    await store.put(`${PREFIX}a.ndjson`, lines(5, 9));
    partition.seek({ at: '1' });
    await until('it is disturbed', () => reader.only.disturbed === 1);
    expect(await partition.bounds()).toEqual({ before: 'end', last: 'end' });
    expect(reader.source.compare('1', 'end')).toBeLessThan(0);
    expect(await partition.countRecords('1', 'end')).toBeUndefined();
    // Where the contract accepts the gap, reading goes on at the end.
    partition.seek({ after: 'end' });
    await until('it has ended', () => reader.only.ended === 1);
    await until('the other content is assigned', () => reader.held.length === 2);
    const second = reader.held[1]!;
    second.partition.seek({ after: '0' });
    await until('it is read', () => second.records.length === 4);
  });

  it('of a bucket with versions are read to their end although they were overwritten', async () => {
    const store = await s3.newStore({ told: false });
    await store.keepVersions();
    for (const content of [lines(0, 2), lines(5, 9)]) {
      const object = { key: `${PREFIX}a.ndjson`, ...(await store.put(`${PREFIX}a.ndjson`, content)) };
      const created = { eventName: 'ObjectCreated:Put', s3: { bucket: { name: store.bucket }, object } };
      await store.tell(JSON.stringify({ Records: [created] }));
    }
    const reader = s3.reader(store, undefined, { listEveryMs: 60_000 });
    await reader.start();
    await until('both are read', () => reader.count === 6);
    expect(reader.held).toHaveLength(2);
  });

  it('of a bucket with versions that were overwritten since they were listed are read by who is told of the version', async () => {
    const store = await s3.newStore({ told: false });
    await store.keepVersions();
    const key = `${PREFIX}a.ndjson`;
    const first = await store.put(key, lines(0, 2));
    // After the listing, and before what it found is looked at.
    const overwrites = new (class extends MortalHandler {
      private done: Promise<unknown> | undefined;
      override async handle(...given: Parameters<MortalHandler['handle']>) {
        if (given[0].method === 'HEAD') await (this.done ??= store.put(key, lines(5, 9)));
        return super.handle(...given);
      }
    })(new MortalSteps('after', Infinity));
    const reader = s3.reader(store, undefined, { requestHandler: overwrites });
    await reader.start();
    await until('the other content is read', () => reader.count === 4);
    const created = {
      eventName: 'ObjectCreated:Put',
      s3: { bucket: { name: store.bucket }, object: { key, ...first } },
    };
    await store.tell(JSON.stringify({ Records: [created] }));
    await until('both are read', () => reader.count === 6);
    expect(s3.outcomes).toEqual([]);
  });

  it('that were deleted before anybody read them are over, and told', async () => {
    const store = await s3.newStore();
    await store.put(`${PREFIX}a.ndjson`, lines(0, 2));
    await store.remove(`${PREFIX}a.ndjson`);
    const reader = s3.reader(store);
    await reader.start();
    await until('no notification is left', async () => (await store.messages()) === 0);
    expect(s3.outcomes).toEqual([['gone', undefined]]);
    expect(reader.held).toEqual([]);
  });

  it('that cannot be read are tried so often, told, and left', async () => {
    const store = await s3.newStore();
    const damaged = gzipSync(lines(0, 50_000));
    await store.put(`${PREFIX}a.ndjson.gz`, damaged.subarray(0, damaged.length - 5_000));
    await store.put(`${PREFIX}b.parquet`, 'no parquet at all');
    await store.put(`${PREFIX}c.ndjson`, lines(0, 2));
    const reader = s3.reader(store, undefined, { maxTries: 3 });
    await reader.start();
    await until('both are over', () => s3.outcomes.length === 2);
    expect(s3.outcomes).toEqual([
      ['unreadable', 'object_damaged'],
      ['unreadable', 'object_damaged'],
    ]);
    // The lines before the damage are delivered with every try; the sound object once.
    const ids = reader.held.map(({ partition }) => partition.id);
    expect(ids.map((id) => ids.filter((other) => other === id).length).sort()).toEqual([1, 3, 3, 3, 3, 3, 3]);
    expect((await states(store)).slice(0, 2).map(([, state]) => state)).toEqual(['unreadable', 'unreadable']);
    expect(reader.failures.filter((failure) => failure !== undefined)).toEqual([]);
  });

  it('that got further with each try are not given up', async () => {
    const store = await s3.newStore();
    await store.put(`${PREFIX}a.ndjson`, lines(0, 10));
    for (const round of range(1, 6)) {
      const reader = s3.reader(store, leaveAlone, { maxTries: 2, leaseMs: 200 });
      await reader.start();
      await until('it is assigned', () => reader.held.length === 1);
      await reader.only.partition.writeCheckpoint({ position: String(round), kind: 'committed' });
      await reader.source.stop();
    }
    expect(s3.outcomes).toEqual([]);
  });

  it('whose names say nothing of a format are written down, and not read', async () => {
    const store = await s3.newStore();
    await store.put(`${PREFIX}_SUCCESS`, '');
    const reader = s3.reader(store);
    await reader.start();
    await until('it is told', () => s3.outcomes.length > 0);
    await until('no notification is left', async () => (await store.messages()) === 0);
    expect(s3.outcomes).toEqual([['ignored', undefined]]);
    expect(await states(store)).toEqual([['_SUCCESS', 'ignored']]);
  });
});

describe('the queue', () => {
  it('keeps what nobody understands, and is read on', async () => {
    const store = await s3.newStore();
    await store.tell('hello');
    await store.put(`${PREFIX}a.ndjson`, lines(0, 1));
    const reader = s3.reader(store, undefined, { listEveryMs: 60_000 });
    await reader.start();
    await until('the object is read', () => reader.count === 1);
    await until('it was looked at', () => s3.unread > 0);
    await finish(reader.only);
    expect(await store.messages()).toBe(1);
    expect(text(reader.only.records[0]!.value)).toBe('{"id":0}');
  });
});

describe('a set-up that is wrong', () => {
  it.each([
    [{ bucket: 'no-such-bucket' }, 's3_bucket_missing'],
    [{ queue: 'no-such-queue' }, 'sqs_queue_missing'],
    [{ ledgerTable: 'no-such-table' }, 'ledger_missing'],
  ])('is told with its cure: %j', async (wrong, code) => {
    const store = await s3.newStore();
    expect(await s3.reader(store, undefined, wrong).refusal()).toMatchObject({ kind: 'setup', code });
  });
});
