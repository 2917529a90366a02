import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { foldersIn, type RefinedFolders } from './folders';
import { publish, readManifest } from './publish';

const BUILD = { models: [], tests: { passed: 1, warned: 0, failed: 0 } };

async function run(file: string, ...statements: readonly string[]): Promise<unknown[]> {
  const instance = await DuckDBInstance.create(':memory:');
  const db = await instance.connect();
  await db.run(`ATTACH '${file}' AS "DB"`);
  let rows: unknown[] = [];
  for (const sql of statements) rows = (await db.runAndReadAll(sql)).getRowsJS();
  db.closeSync();
  instance.closeSync();
  return rows;
}

describe('publishing', () => {
  let folders: RefinedFolders;
  let dir: string;
  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), 'das-publish-'));
    folders = foldersIn(dir);
    mkdirSync(folders.work);
    await run(
      join(folders.work, 'DB.duckdb'),
      'CREATE SCHEMA "DB"."GOLD"',
      'CREATE TABLE "DB"."GOLD"."T" AS SELECT range AS n FROM range(3)',
      'CREATE VIEW "DB"."GOLD"."V" AS FROM "DB"."GOLD"."T" WHERE n > 0',
    );
  });
  afterEach(() => {
    rmSync(dir, { recursive: true });
  });

  const publishAgain = async () => publish(folders, Date.now(), BUILD);
  const snapshots = () => readdirSync(folders.published).filter((name) => /^\d/.test(name));
  const logged = () =>
    readFileSync(folders.log, 'utf8')
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { id: string }).id);

  it('shows readers a copy, and counts what is in it', async () => {
    const manifest = await publishAgain();
    expect(manifest.tables).toEqual({ 'DB.GOLD.T': 3, 'DB.GOLD.V': 2 });
    expect(realpathSync(folders.current)).toBe(realpathSync(join(folders.published, manifest.id)));
    expect(readManifest(folders.published, manifest.id)).toEqual(manifest);
    await run(join(folders.work, 'DB.duckdb'), 'DELETE FROM "DB"."GOLD"."T"');
    expect(
      await run(join(folders.current, 'DB.duckdb'), 'SELECT count(*)::INT FROM "DB"."GOLD"."T"'),
    ).toEqual([[3]]);
  });

  it('keeps the one before, and nothing of what a crash left', async () => {
    const first = await publishAgain();
    mkdirSync(join(folders.published, '20200101T000000000Z.tmp'));
    mkdirSync(join(folders.published, '20990101T000000000Z'));
    writeFileSync(`${folders.current}.tmp`, '');
    const second = await publishAgain();
    expect(snapshots()).toEqual([first.id, second.id]);
    const third = await publishAgain();
    expect(snapshots()).toEqual([second.id, third.id]);
    expect(logged()).toEqual([first.id, second.id, third.id]);
  });

  it('mends a log that a crash tore', async () => {
    const first = await publishAgain();
    appendFileSync(folders.log, '{"id":"2026');
    const second = await publishAgain();
    expect(logged()).toEqual([first.id, second.id]);
  });

  it('leaves what was published where a database cannot be copied', async () => {
    const first = await publishAgain();
    writeFileSync(join(folders.work, 'BAD.duckdb'), 'no database');
    await expect(publishAgain()).rejects.toMatchObject({ code: 'not_published' });
    expect(snapshots()).toEqual([first.id]);
    expect(realpathSync(folders.current)).toBe(realpathSync(join(folders.published, first.id)));
    rmSync(join(folders.work, 'BAD.duckdb'));
    const second = await publishAgain();
    expect(snapshots()).toEqual([first.id, second.id]);
  });
});
