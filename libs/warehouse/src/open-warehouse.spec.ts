import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { allRows } from '@das/testing';
import { localFolders } from './local-folders';
import { isWarehouseConfigured, openWarehouse } from './open-warehouse';

const named = {
  SNOWFLAKE_ACCOUNT: 'LOCAL',
  SNOWFLAKE_USER: 'READER',
  SNOWFLAKE_PRIVATE_KEY_PATH: '/nowhere/key.pem',
};

describe('opening a warehouse', () => {
  it.each(['http://acct.example', 'ftp://127.0.0.1', 'http://127.0.0.1.example', 'no url'])(
    'sends nothing in clear to %s, which it does not repeat',
    async (url) => {
      const opening = openWarehouse({ ...named, SNOWFLAKE_ACCOUNT_URL: url }, { queryTag: 'spec' });
      await expect(opening).rejects.toMatchObject({ kind: 'setup', code: 'config' });
      await expect(opening).rejects.toThrow(/^SNOWFLAKE_ACCOUNT_URL: /);
      await expect(opening).rejects.not.toThrow(url);
    },
  );

  it.each(['https://acct.example', 'http://127.0.0.1:1', 'http://localhost:1', 'http://[::1]:1'])(
    'takes %s, and goes on to the key',
    async (url) => {
      const opening = openWarehouse({ ...named, SNOWFLAKE_ACCOUNT_URL: url }, { queryTag: 'spec' });
      await expect(opening).rejects.toMatchObject({ kind: 'setup', code: 'unreadable_file' });
    },
  );

  it('names the setting where there is no lake, and not the folder', async () => {
    const missing = openWarehouse({ DAS_LAKE: '/nowhere/a-secret' }, { queryTag: 'spec' });
    await expect(missing).rejects.toMatchObject({
      kind: 'setup',
      code: 'lake_missing',
      message: expect.stringMatching(/^(?!.*secret).*DAS_LAKE/) as string,
    });
  });

  it.each(['a[1]', 'a*', 'a?', 'a\\b'])(
    'refuses %s, which DuckDB would take for a pattern and find nothing',
    async (name) => {
      const dir = mkdtempSync(join(tmpdir(), 'das-open-'));
      const folder = join(dir, name);
      mkdirSync(folder);
      const refused = (variable: string): unknown => ({
        kind: 'setup',
        code: 'folder_is_pattern',
        cure: expect.stringContaining(variable) as string,
      });
      try {
        for (const [variable, named] of [
          ['DAS_LAKE', { DAS_LAKE: folder, DAS_REFINED: dir }],
          ['DAS_REFINED', { DAS_LAKE: dir, DAS_REFINED: folder }],
        ] as const) {
          await expect(openWarehouse(named, { queryTag: 'spec' })).rejects.toMatchObject(
            refused(variable) as object,
          );
          expect(() => localFolders(named, () => undefined)).toThrow(
            expect.objectContaining(refused(variable) as object) as Error,
          );
        }
      } finally {
        rmSync(dir, { recursive: true });
      }
    },
  );

  describe('where no target is configured', () => {
    const started = process.cwd();
    let dir: string;
    beforeEach(() => {
      dir = mkdtempSync(join(tmpdir(), 'das-open-'));
      process.chdir(dir);
    });
    afterEach(() => {
      process.chdir(started);
      rmSync(dir, { recursive: true });
    });

    it('names the settings of Snowflake', async () => {
      expect(isWarehouseConfigured({})).toBe(false);
      await expect(openWarehouse({}, { queryTag: 'spec' })).rejects.toThrow(/SNOWFLAKE_ACCOUNT_URL/);
    });

    it('reads what a demo left, and says so', async () => {
      mkdirSync(join(dir, '.das', 'demo', 'lake'), { recursive: true });
      const notes: string[] = [];
      const note = (line: string): void => {
        notes.push(line);
      };
      expect(isWarehouseConfigured({})).toBe(true);
      const warehouse = await openWarehouse({}, { queryTag: 'spec', note });
      expect(await allRows(warehouse.query('SELECT 1 AS "N"'))).toEqual([{ N: 1 }]);
      await warehouse.close();
      expect(notes).toEqual([expect.stringMatching(/demo/)]);
      // What is configured is meant, also where it is wrong.
      const wrong = openWarehouse(
        { SNOWFLAKE_ACCOUNT_URL: 'http://acct.example' },
        { queryTag: 'spec', note },
      );
      await expect(wrong).rejects.toMatchObject({ code: 'config' });
      expect(notes).toHaveLength(1);
    });
  });
});
