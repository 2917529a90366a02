import { spawnSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { PartitionLock } from './partition-lock';
import { TestJournal } from './testing/test-journal';

describe('the lock of a partition', () => {
  let journal: TestJournal;

  beforeEach(() => {
    journal = new TestJournal();
  });

  afterEach(() => journal.remove());

  it('gives a dead owner exactly one successor, also when a successor died half-way', async () => {
    const pid = spawnSync(process.execPath, ['-e', '']).pid;
    writeFileSync(journal.lock, JSON.stringify({ pid, host: hostname(), id: 'dead' }));
    writeFileSync(`${journal.lock}.dead.next`, JSON.stringify({ pid, host: hostname(), id: 'heir' }));
    const all = await Promise.all(Array.from({ length: 20 }, () => PartitionLock.acquire(journal.lock)));
    const owners = all.filter((one) => one !== undefined);
    expect(owners).toHaveLength(1);
    expect(await owners[0]!.isHeld()).toBe(true);
    expect(readdirSync(journal.topicDir)).toEqual(['0.lock']);
    await owners[0]!.release();
    expect(readdirSync(journal.topicDir)).toEqual([]);
  });

  it('leaves locks of living processes and of other hosts alone', async () => {
    for (const owner of [
      { pid: process.ppid, host: hostname(), id: 'living' },
      { pid: 4_000_000, host: 'elsewhere', id: 'remote' },
    ]) {
      writeFileSync(journal.lock, JSON.stringify(owner));
      expect(await PartitionLock.acquire(journal.lock)).toBeUndefined();
    }
  });
});
