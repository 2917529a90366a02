import { until } from '@das/testing';
import { appendFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { seen, TestJournal } from './testing/test-journal';

describe('what a partition delivers', () => {
  let journal: TestJournal;

  beforeEach(() => {
    journal = new TestJournal();
  });

  afterEach(() => journal.remove());

  it('delivers lines in order, a blank one as a tombstone, and follows the file', async () => {
    const { held } = await journal.startOne('one\n\ntwo\r\n');
    held.partition.seek({ after: '0' });
    await until('3 records', () => held.records.length === 3);
    appendFileSync(journal.log, 'three\n');
    await until('4 records', () => held.records.length === 4);
    expect(seen(held)).toEqual(['4:one', '5:<null>', '10:two\r', '16:three']);
    expect(held.records[0]).toMatchObject({ key: null, timestampMs: undefined, headers: [] });
  });

  it('waits for the rest of a torn line', async () => {
    const { held } = await journal.startOne('one\nto');
    expect(await held.partition.bounds()).toEqual({ before: '0', last: '4' });
    held.partition.seek({ after: '0' });
    await until('1 records', () => held.records.length === 1);
    await sleep(30);
    expect(seen(held)).toEqual(['4:one']);
    appendFileSync(journal.log, 'rn\n');
    await until('2 records', () => held.records.length === 2);
    expect(seen(held)[1]).toBe('9:torn');
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
    const { held } = await journal.startOne('a\nbb\nccc\n');
    held.partition.seek(target);
    await until('records', () => held.records.length > 0);
    expect(seen(held)[0]).toBe(first);
  });

  it('carries lines across chunks and finds their beginning again', async () => {
    const long = 'x'.repeat(3 * 1024 * 1024);
    const { held } = await journal.startOne(`a\n${long}\nb\n`);
    held.partition.seek({ at: String(long.length + 3) });
    await until('2 records', () => held.records.length === 2);
    expect(held.records.map(({ value }) => value?.length)).toEqual([long.length, 1]);
    expect(await held.partition.countRecords('2', String(long.length + 5))).toBe(2);
    expect(await held.partition.countRecords('0', String(65 * 1024 * 1024))).toBeUndefined();
  });
});
