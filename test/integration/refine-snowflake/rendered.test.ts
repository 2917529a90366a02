import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { differences } from '../../../scripts/render/differences';
import { renderModels } from '../../../scripts/render/render-models';

const ROOT = join(__dirname, '../../..');
const RENDERED = join(ROOT, 'dbt/rendered');

/** @returns how sqlfluff ends, and what it could not parse */
function parse(path: string): { readonly status: number | null; readonly faults: string } {
  const args = ['parse', '--dialect', 'snowflake', path];
  const { status, stdout } = spawnSync(join(ROOT, '.tools/dbt/bin/sqlfluff'), args, {
    encoding: 'utf8',
    maxBuffer: 1024 ** 3,
  });
  return {
    status,
    faults: stdout
      .split('\n')
      .filter((line) => line.includes('unparsable'))
      .join('\n'),
  };
}

describe('dbt/rendered', () => {
  it('is what dbt sends', async () => {
    const files = await renderModels();
    const { stale, leftOver } = differences(RENDERED, files);
    expect([...stale.map(({ path }) => path), ...leftOver]).toEqual([]);
    expect(files.length).toBeGreaterThanOrEqual(10);
  }, 300_000);

  it('is SQL of Snowflake’s to the last clause', () => {
    expect(parse(RENDERED)).toEqual({ status: 0, faults: '' });
  });

  it('would not be, with a clause too many', () => {
    const dir = mkdtempSync(join(tmpdir(), 'das-unparsable-'));
    const file = join(dir, 'broken.sql');
    writeFileSync(file, 'create table if not exists "T" ("A" VARCHAR WITH MASKING NOTHING "P");\n');
    const { status, faults } = parse(file);
    rmSync(dir, { recursive: true });
    expect(status).toBe(1);
    expect(faults).not.toBe('');
  });
});
