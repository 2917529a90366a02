import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LakeWatch, longestGap, shortOf } from './lake-watch';

const TABLE = { database: 'DB', schema: 'S', name: 'T' };

describe('the watch over a lake', () => {
  let lake: string;
  beforeEach(() => {
    lake = mkdtempSync(join(tmpdir(), 'das-lake-watch-'));
  });
  afterEach(() => {
    rmSync(lake, { recursive: true });
  });

  /** A commit's file as the endpoint names it. */
  const commit = (name: string): void => {
    const [date = '', time = ''] = new Date().toISOString().split('T');
    const folder = join(lake, 'DB', 'S', 'T', date, time.slice(0, 2));
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, name), '');
  };

  it('finds each commit once, and knows how far a partition is', () => {
    const watch = new LakeWatch(lake, TABLE);
    watch.look();
    expect(watch.count).toBe(0);
    const beforeMs = Date.now() - 1_000;
    commit('c__s__1__0.1-1.9~k~0123456789abcdef.parquet');
    commit('c__s__1__0.1-2.19~k~0123456789abcdef.parquet');
    commit('c__s__1__5.1-1.4~k~0123456789abcdef.parquet');
    commit('c__s__1__shardId-000000000001.1-1.100%3A2~k~0123456789abcdef.parquet');
    watch.look();
    watch.look();
    expect([...watch.positions]).toEqual([
      ['0', '19'],
      ['5', '4'],
      ['shardId-000000000001', '100:2'],
    ]);
    expect([watch.count, watch.times.length]).toEqual([4, 4]);
    expect(watch.positionsAt(beforeMs).size).toBe(0);
    expect([...watch.positionsAt(Date.now() + 1_000)]).toEqual([...watch.positions]);
  });

  it.each([
    ['9', '10', ['p']],
    ['10', '9', []],
    ['10', '10', []],
    ['100:2', '100:3', ['p']],
    ['99:9', '100:0', ['p']],
    ['100:3', '100:2', []],
  ])('knows whether a partition that is at %s has come to %s', (position, end, short) => {
    expect(shortOf(new Map([['p', end]]), new Map([['p', position]]))).toEqual(short);
    expect(shortOf(new Map([['p', end]]), new Map())).toEqual(['p']);
  });

  it('tells the longest time without a commit', () => {
    expect(longestGap([10, 20, 50, 60], 15)).toBe(30);
    expect(longestGap([], 15)).toBe(0);
  });
});
