import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createJournalWriter } from './journal-writer';

describe('the journal writer', () => {
  let dir: string;
  const content = (partition: number): string =>
    readFileSync(join(dir, 'orders', `${partition}.ndjson`), 'utf8');

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'journal-'));
  });

  afterEach(() => {
    rmSync(dir, { recursive: true });
  });

  it('appends whole lines in order, and a blank one for a tombstone', async () => {
    const writer = createJournalWriter({ dir, topic: 'orders', partitions: 2 });
    writer.append(0, Buffer.from('one'));
    writer.append(0, null);
    const flushed = writer.flush();
    writer.append(0, Buffer.from('two'));
    await flushed;
    await writer.close();
    await writer.close();
    expect([content(0), content(1)]).toEqual(['one\n\ntwo\n', '']);
    expect(() => {
      writer.append(0, null);
    }).toThrow('closed');
  });

  it('cuts off the torn line of a writer that died', async () => {
    mkdirSync(join(dir, 'orders'));
    writeFileSync(join(dir, 'orders', '0.ndjson'), 'one\nto');
    const writer = createJournalWriter({ dir, topic: 'orders', partitions: 1 });
    writer.append(0, Buffer.from('two'));
    await writer.close();
    expect(content(0)).toBe('one\ntwo\n');
  });

  it('refuses what one line cannot hold', async () => {
    const writer = createJournalWriter({ dir, topic: 'orders', partitions: 1 });
    for (const value of [Buffer.from('a\nb'), Buffer.alloc(0), Buffer.alloc(16 * 1024 * 1024 + 1)]) {
      expect(() => {
        writer.append(0, value);
      }).toThrow(/^a value /);
    }
    await writer.close();
    expect(content(0)).toBe('');
  });
});
