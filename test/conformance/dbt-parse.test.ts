import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');
const PROJECT = join(ROOT, 'dbt');

/** The profile asks for them; parsing connects to nobody. */
const ACCOUNT = { DBT_SNOWFLAKE_ACCOUNT: 'nobody', DBT_SNOWFLAKE_USER: 'NOBODY' };

/** dbt takes the YAML that is generated from contracts, and would say what it does not know of it. */
describe('dbt parse --warn-error', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'das-dbt-parse-'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  function parse(project: string, target: string) {
    const { status, stdout } = spawnSync(
      join(ROOT, '.tools', 'dbt', 'bin', 'dbt'),
      [
        ...['parse', '--warn-error', '--no-partial-parse', '--target', target],
        ...['--project-dir', project, '--profiles-dir', PROJECT],
        ...['--target-path', join(folder, target), '--log-path', folder],
      ],
      {
        encoding: 'utf8',
        env: { ...process.env, ...ACCOUNT, DAS_LAKE: folder, DAS_WORK: folder },
      },
    );
    return { status, stdout };
  }

  it.each(['local', 'snowflake'])('passes for the target %s', (target) => {
    expect(parse(PROJECT, target)).toMatchObject({ status: 0 });
  });

  it('refuses YAML of a model that is not there', () => {
    const copy = join(folder, 'copy');
    cpSync(PROJECT, copy, { recursive: true });
    const yaml = 'version: 2\nmodels:\n  - name: nobody\n    description: Has no SQL.\n';
    writeFileSync(join(copy, 'models', 'nobody.yml'), yaml);
    const { status, stdout } = parse(copy, 'local');
    expect(status).not.toBe(0);
    expect(stdout).toContain('nobody');
  });
});
