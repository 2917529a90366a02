import { appendFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { TestJournal, until } from './testing/test-journal';

describe('what a partition delivers', () => {
  let journal: TestJournal;

  beforeEach(() => {
    journal = new TestJournal();
  });

  afterEach(() => journal.remove());

  it('delivers lines in order, a blank one as a tombstone, and follows the file', async () => {
    const got = await journal.startOne('one\n\ntwo\r\n');
    got.partition.seek({ after: '0' });
    await until(() => got.records.length === 3);
    appendFileSync(journal.log, 'three\n');
    await until(() => got.records.length === 4);
    expect(got.seen).toEqual(['4:one', '5:<null>', '10:two\r', '16:three']);
    expect(got.records[0]).toMatchObject({ key: null, timestampMs: undefined, headers: [] });
  });

  it('waits for the rest of a torn line', async () => {
    const got = await journal.startOne('one\nto');
    expect(await got.partition.bounds()).toEqual({ before: '0', last: '4' });
    got.partition.seek({ after: '0' });
    await until(() => got.records.length === 1);
    await sleep(30);
    expect(got.seen).toEqual(['4:one']);
    appendFileSync(journal.log, 'rn\n');
    await until(() => got.records.length === 2);
    expect(got.seen[1]).toBe('9:torn');
  });

  it.each([
    [{ at: '0' }, '2:a'],
    [{ at: '2' }, '2:a'],
    [{ at: '5' }, '5:bb'],
    [{ at: '4' }, '5:bb'],
    [{ after: '0' }, '2:a'],
    [{ after: '2' }, '5:bb'],
    [{ after: '5' }, '9:ccc'],
  ])('begins %j with %s', async (target, first) => {
    const got = await journal.startOne('a\nbb\nccc\n');
    got.partition.seek(target);
    await until(() => got.records.length > 0);
    expect(got.seen[0]).toBe(first);
  });

  it('carries lines across chunks and finds their beginning again', async () => {
    const long = 'x'.repeat(3 * 1024 * 1024);
    const got = await journal.startOne(`a\n${long}\nb\n`);
    got.partition.seek({ at: String(long.length + 3) });
    await until(() => got.records.length === 2);
    expect(got.records.map(({ value }) => value?.length)).toEqual([long.length, 1]);
    expect(await got.partition.countRecords('2', String(long.length + 5))).toBe(2);
    expect(await got.partition.countRecords('0', String(65 * 1024 * 1024))).toBeUndefined();
  });

  it('delivers nothing while paused, even when paused within a delivery', async () => {
    const got = await journal.startOne('one\n');
    got.onDeliver = () => {
      got.partition.pause();
    };
    got.partition.seek({ after: '0' });
    await until(() => got.records.length === 1);
    appendFileSync(journal.log, 'two\n');
    await sleep(40);
    expect(got.records).toHaveLength(1);
    got.partition.resume();
    await until(() => got.records.length === 2);
  });

  it('never delivers what was read before a seek', async () => {
    const got = await journal.startOne('one\ntwo\n');
    got.partition.pause();
    got.partition.seek({ after: '0' });
    await sleep(40);
    got.partition.seek({ after: '4' });
    got.partition.resume();
    await until(() => got.records.length > 0);
    await sleep(20);
    expect(got.seen).toEqual(['8:two']);
  });
});
