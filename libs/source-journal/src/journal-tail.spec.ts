import { until } from '@das/testing';
import { renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { seen, TestJournal } from './testing/test-journal';

describe('a partition file that changes', () => {
  let journal: TestJournal;

  beforeEach(() => {
    journal = new TestJournal();
  });

  afterEach(() => journal.remove());

  it('reports a line that is too long, after what is before it, until the file is repaired', async () => {
    const { held, reader } = await journal.startOne(`a\n${'x'.repeat(16 * 1024 * 1024 + 1)}\nb\n`);
    held.partition.seek({ after: '0' });
    await until('a failure', () => reader.failures.length > 0);
    expect(seen(held)).toEqual(['2:a']);
    expect(reader.failures[0]).toMatchObject({ kind: 'setup', code: 'journal_line_too_long' });
    expect(reader.failures[0]?.message).toContain('byte 2 of partition 0');
    writeFileSync(journal.log, 'a\nb\n');
    await until('disturbed', () => held.disturbed === 1);
    held.partition.seek({ after: '2' });
    await until('2 records', () => held.records.length === 2);
    expect(reader.failures.at(-1)).toBeUndefined();
  });

  it.each([
    [
      'truncated',
      () => {
        truncateSync(journal.log, 4);
      },
    ],
    [
      'rewritten in place',
      () => {
        writeFileSync(journal.log, 'a longer text than before\n');
      },
    ],
    [
      'replaced',
      () => {
        writeFileSync(`${journal.log}.new`, 'one\ntwo\nnew\n');
        renameSync(`${journal.log}.new`, journal.log);
      },
    ],
    [
      'removed',
      () => {
        rmSync(journal.log);
      },
    ],
  ])('tells once that the file was %s', async (_how, change) => {
    const { held } = await journal.startOne('one\ntwo\n');
    held.partition.seek({ after: '0' });
    await until('2 records', () => held.records.length === 2);
    change();
    await until('disturbed', () => held.disturbed === 1);
    await sleep(30);
    expect([held.disturbed, held.records.length]).toEqual([1, 2]);
  });
});
