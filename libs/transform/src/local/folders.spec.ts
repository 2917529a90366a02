import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { foldersIn, makePrivate } from './folders';

describe('the folders of a build', () => {
  const dir = mkdtempSync(join(tmpdir(), 'das-folders-'));
  afterAll(() => {
    rmSync(dir, { recursive: true });
  });

  it.each(['made', 'there already'])('let their user alone in, %s', (how) => {
    const folders = foldersIn(join(dir, how));
    const all = [folders.work, folders.logs, folders.target];
    if (how !== 'made') for (const folder of all) mkdirSync(folder, { recursive: true, mode: 0o755 });
    makePrivate(folders);
    expect(all.map((folder) => statSync(folder).mode & 0o777)).toEqual([0o700, 0o700, 0o700]);
  });
});
