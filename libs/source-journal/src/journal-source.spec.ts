import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createJournalSource } from './journal-source';
import { Recorder, TestJournal, until } from './testing/test-journal';

describe('the journal source', () => {
  let journal: TestJournal;

  beforeEach(() => {
    journal = new TestJournal();
  });

  afterEach(() => journal.remove());

  it('keeps a checkpoint, and refuses one when the lock is not ours', async () => {
    const { partition } = await journal.startOne('one\n');
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
    const { assigned } = await journal.start();
    expect(assigned).toHaveLength(0);
    expect(await first.partition.proveOwnership()).toBe(true);
    await first.source.stop();
    await until(() => assigned.length === 1);
    writeFileSync(join(journal.topicDir, '1.ndjson'), '');
    await until(() => assigned.length === 2);
    expect(assigned.map(({ partition }) => partition.id)).toEqual(['0', '1']);
    expect(first.revocations).toBe(0);
  });

  it('revokes a partition whose lock was lost', async () => {
    const got = await journal.startOne('one\n');
    writeFileSync(journal.lock, JSON.stringify({ pid: 1, host: 'elsewhere', id: 'other' }));
    await until(() => got.revocations === 1);
    got.partition.seek({ after: '0' });
    await sleep(30);
    expect(got.records).toHaveLength(0);
    await got.source.stop();
    expect(readFileSync(journal.lock, 'utf8')).toContain('other');
  });

  it('does not start without its directory', async () => {
    const source = createJournalSource({
      dir: join(journal.dir, 'no'),
      topic: 'orders',
      consumer: 'c',
      pollMs: 5,
    });
    const started = source.start(
      (partition) => new Recorder(partition),
      () => undefined,
    );
    await expect(started).rejects.toMatchObject({ kind: 'setup', code: 'journal_dir_missing' });
    await source.stop();
    expect(source.name).toBe('journal:orders');
    expect(source.compare('9', '10')).toBeLessThan(0);
  });
});
