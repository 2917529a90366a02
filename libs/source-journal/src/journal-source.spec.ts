import { SourceReader, sourcePortSuite, until } from '@das/testing';
import { appendFileSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createJournalSource } from './journal-source';
import { TestJournal } from './testing/test-journal';

describe('the journal source', () => {
  let journal: TestJournal;

  beforeEach(() => {
    journal = new TestJournal();
  });

  afterEach(() => journal.remove());

  it('keeps a checkpoint, and refuses one when the lock is not ours', async () => {
    const { partition } = (await journal.startOne('one\n')).held;
    expect(await partition.readCheckpoint()).toBeUndefined();
    await partition.writeCheckpoint({ position: '4', kind: 'committed' });
    expect(await partition.readCheckpoint()).toEqual({ position: '4', kind: 'committed' });
    writeFileSync(journal.lock, JSON.stringify({ pid: 1, host: 'elsewhere', id: 'other' }));
    await expect(partition.writeCheckpoint({ position: '8', kind: 'committed' })).rejects.toMatchObject({
      kind: 'transient',
      code: 'not_owner',
    });
    expect(await partition.proveOwnership()).toBe(false);
    expect(readdirSync(join(journal.topicDir, '.checkpoints', 'collector'))).toEqual(['0.json']);
    expect(await partition.readCheckpoint()).toEqual({ position: '4', kind: 'committed' });
  });

  it('hands a partition over when its owner stops, and takes up new files', async () => {
    const first = await journal.startOne('one\n');
    const second = await journal.start();
    expect(second.held).toHaveLength(0);
    expect(await first.held.partition.proveOwnership()).toBe(true);
    await first.reader.source.stop();
    await until('handed over', () => second.held.length === 1);
    writeFileSync(join(journal.topicDir, '1.ndjson'), '');
    await until('the new file', () => second.held.length === 2);
    expect(second.owned).toEqual(['0', '1']);
    expect(first.held.revoked).toBe(false);
  });

  it('revokes a partition whose lock was lost', async () => {
    const { held, reader } = await journal.startOne('one\n');
    writeFileSync(journal.lock, JSON.stringify({ pid: 1, host: 'elsewhere', id: 'other' }));
    await until('revoked', () => held.revoked);
    held.partition.seek({ after: '0' });
    await sleep(30);
    expect(held.records).toHaveLength(0);
    await reader.source.stop();
    expect(readFileSync(journal.lock, 'utf8')).toContain('other');
  });

  it('does not start without its directory', async () => {
    const source = createJournalSource({
      dir: join(journal.dir, 'no'),
      topic: 'orders',
      consumer: 'c',
      pollMs: 5,
    });
    expect(await new SourceReader(source).refusal()).toMatchObject({
      kind: 'setup',
      code: 'journal_dir_missing',
    });
    await source.stop();
    expect(source.name).toBe('journal:orders');
    expect(source.compare('9', '10')).toBeLessThan(0);
  });
});

describe('as a source', () => {
  let journal: TestJournal;

  afterEach(() => journal.remove());

  sourcePortSuite('a journal', async () => {
    journal = new TestJournal();
    writeFileSync(journal.log, '');
    return Promise.resolve({
      append: async (values) => {
        appendFileSync(journal.log, values.map((value) => `${value ?? ''}\n`).join(''));
        return Promise.resolve();
      },
      instance: () => journal.source(),
    });
  });
});
