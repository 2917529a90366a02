import { readableShards, type Lease } from './lease';
import { shardsToTake } from './lease-plan';
import { LeaseWatch } from './lease-watch';
import type { Shard } from './shard';

const shard = (id: string, parents: readonly string[] = []): Shard => ({
  id,
  start: `${id}00`,
  isClosed: false,
  parents,
});
const lease = (id: string, more: Partial<Lease> = {}): Lease => ({
  shard: id,
  start: `${id}00`,
  owner: undefined,
  term: 1,
  beat: 1,
  checkpoint: undefined,
  nothingBeforeMs: undefined,
  skipped: false,
  finished: false,
  ...more,
});
const done = (id: string, more: Partial<Lease> = {}): Lease =>
  lease(id, { checkpoint: { position: '1:0', kind: 'done' }, ...more });
const ids = (shards: readonly Shard[]): string => shards.map(({ id }) => id).join();

describe('the shards that should be read', () => {
  const split = [shard('1'), shard('2', ['1']), shard('3', ['1'])];
  const merged = [...split, shard('4', ['2', '3'])];

  it('are those without parents, and those whose parents are all done', () => {
    expect(ids(readableShards(merged, []))).toBe('1');
    expect(ids(readableShards(merged, [lease('1', { owner: 'a' })]))).toBe('1');
    expect(ids(readableShards(merged, [done('1', { finished: true })]))).toBe('2,3');
    const one = [done('1', { finished: true }), done('2', { finished: true })];
    expect(ids(readableShards(merged, one))).toBe('3');
    expect(ids(readableShards(merged, [...one, done('3', { finished: true })]))).toBe('4');
  });

  it('are those, too, whose channel is still to be dropped; their children do not wait for it', () => {
    expect(ids(readableShards(split, [done('1')]))).toBe('1,2,3');
  });

  it('are their children where parents are gone that nobody ever read', () => {
    expect(ids(readableShards([shard('2', ['1']), shard('3', ['1'])], []))).toBe('2,3');
  });

  it('are those that are gone and were not read to their end, before their children', () => {
    const left = [shard('2', ['1']), shard('3', ['1'])];
    expect(ids(readableShards(left, [lease('1', { owner: 'a' })]))).toBe('1');
    expect(ids(readableShards(left, [done('1', { finished: true })]))).toBe('2,3');
  });

  it('are those of a stream that was made anew, whatever was done with shards of the same id', () => {
    const earlier = done('1', { start: '5', finished: true });
    expect(ids(readableShards(split, [earlier]))).toBe('1');
  });
});

describe('the shards to take', () => {
  const four = ['1', '2', '3', '4'].map((id) => shard(id));
  const plan = (me: string, leases: readonly Lease[], dead: readonly string[] = []): string =>
    ids(shardsToTake({ me, readable: four, leases, isDead: ({ owner = '' }) => dead.includes(owner) }));
  const held = (owners: Readonly<Record<string, string>>): readonly Lease[] =>
    Object.entries(owners).map(([id, owner]) => lease(id, { owner }));

  it('are all for whoever is alone, and a fair share of what is free for others', () => {
    expect(plan('a', [])).toBe('1,2,3,4');
    expect(plan('b', held({ 1: 'a' }))).toBe('2,3');
    expect(plan('b', held({ 1: 'a', 2: 'b', 3: 'b' }))).toBe('');
  });

  it('are those of the dead', () => {
    expect(plan('b', held({ 1: 'a', 2: 'a', 3: 'b', 4: 'b' }), ['a'])).toBe('1,2');
    expect(plan('b', held({ 1: 'a', 2: 'a', 3: 'b', 4: 'c' }), ['a'])).toBe('1');
  });

  it('are one of whoever has two more, until all differ by one at most', () => {
    expect(plan('b', held({ 1: 'a', 2: 'a', 3: 'a', 4: 'a' }))).toBe('1');
    expect(plan('b', held({ 1: 'a', 2: 'a', 3: 'a', 4: 'b' }))).toBe('1');
    expect(plan('b', held({ 1: 'a', 2: 'a', 3: 'b', 4: 'b' }))).toBe('');
    expect(plan('c', held({ 1: 'a', 2: 'a', 3: 'b', 4: 'b' }))).toBe('1');
  });
});

describe('a lease', () => {
  const seen = lease('1', { owner: 'a' });

  it('is dead when its owner was silent for as long as it lasts, by the clock of whoever looks', () => {
    let now = 0;
    const watch = new LeaseWatch(1_000, () => now);
    expect(watch.isDead(seen)).toBe(false);
    const deadAt = [0, 250, 500, 750, 1_000].map((ms) => {
      now = ms;
      watch.see([seen]);
      return watch.isDead(seen);
    });
    expect(deadAt).toEqual([false, false, false, false, true]);
    watch.see([{ ...seen, beat: 2 }]);
    expect(watch.isDead({ ...seen, beat: 2 })).toBe(false);
    now = 2_000;
    watch.see([{ ...seen, term: 2, beat: 2 }]);
    expect(watch.isDead({ ...seen, term: 2, beat: 2 })).toBe(false);
  });

  it('is not dead because nobody looked, for however long', () => {
    let now = 0;
    const watch = new LeaseWatch(1_000, () => now);
    watch.see([seen]);
    now = 60_000;
    watch.see([seen]);
    expect(watch.isDead(seen)).toBe(false);
    now = 60_250;
    watch.see([seen]);
    expect(watch.isDead(seen)).toBe(false);
    now = 60_500;
    watch.see([seen]);
    expect(watch.isDead(seen)).toBe(true);
  });
});
