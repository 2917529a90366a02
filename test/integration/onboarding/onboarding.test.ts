import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { templateVersion } from '@das/scaffold';
import { freePort, ManagedProcess, until } from '@das/testing';
import { RepositoryCopy } from './repository-copy';

const ROOT = join(__dirname, '..', '..', '..');
const TEMPLATE = templateVersion(ROOT) ?? '';
const EVENTS = 200;
/** The page promises that nobody waits longer; here it is a fraction of that. */
const BOUND_MS = 10 * 60_000;

/** The commands of the page, in order. */
function tutorial(): string {
  const page = readFileSync(join(ROOT, 'docs/onboarding.md'), 'utf8');
  return [...page.matchAll(/^```sh\n([^]*?)^```$/gm)].map(([, commands]) => commands).join('');
}

/** Besides what the page makes, of every other kind of source: what follows is done for all of it at once. */
const MORE = [
  'collector new readings --domain brook_parcels --source kinesis',
  'product new readings --domain brook_parcels --stream readings_events_v1',
  'collector new border_papers --domain brook_parcels --source s3',
  'product new border_papers --domain brook_parcels --stream border_papers_files_v1',
];
const APPS = ['parcels-events', 'readings-events', 'border-papers-files'].map(
  (name) => `apps/${name}-collector`,
);

/** The commands of the page, with others before the last one that makes something. */
function withMore(commands: string): string {
  const more = MORE.map((command) => `npm run -s das -- ${command} --yes --write-only\n`).join('');
  expect(commands).toMatch(/^npm run -s das -- product new /m);
  return commands.replace(/^npm run -s das -- product new /m, (last) => `${more}${last}`);
}

/** Ends with what its commands left running. */
async function bash(name: string, script: string, cwd: string): Promise<ManagedProcess> {
  const child = ManagedProcess.start({
    name,
    command: 'bash',
    args: ['-e', '-o', 'pipefail', '-c', `trap 'kill $(jobs -p) 2>/dev/null || true' EXIT\n${script}`],
    cwd,
    env: { NO_COLOR: '1' },
    logFile: join(cwd, `${name}.log`),
  });
  await child.whenEnded();
  return child;
}

describe('the page that says how to begin', () => {
  const copy = new RepositoryCopy();
  afterAll(() => {
    copy.remove();
  });

  it(
    'leads from no domain to a product that is asked for its rows',
    async () => {
      const [endpoint, collector] = [await freePort(), await freePort()];
      const script = withMore(tutorial())
        .replaceAll('8085', String(endpoint))
        .replaceAll('3000', String(collector));
      const child = await bash('tutorial', script, copy.root);
      const said = readFileSync(join(copy.root, 'tutorial.log'), 'utf8');
      // What it said tells why, where it fails.
      expect([await child.whenEnded(), child.exit === 0 ? '' : child.tail()]).toEqual([0, '']);
      expect(said).toMatch(
        new RegExp(
          // How far it is behind is told of the moment before.
          `parcels-events-collector +0.1.0 +parcels_events_v1 1.0.0 +${TEMPLATE} +\\d+ records, \\d+ s +ready`,
        ),
      );
      const [parcels, events] = /^ *(\d+) +(\d+)$/m.exec(said)?.slice(1).map(Number) ?? [];
      expect(events).toBe(EVENTS);
      expect(parcels).toBeGreaterThan(1);
      expect(parcels).toBeLessThan(EVENTS);
    },
    BOUND_MS,
  );

  /** As npm run verify does, of what is new; unit tests of the whole repository are left to it. */
  it.each([
    ['types', 'tsc', ['--noEmit', '-p', '.']],
    [
      'format',
      'prettier',
      ['--check', ...APPS, 'contracts', 'docs', 'nest-cli.json', 'docker-compose.yml', 'dbt'],
    ],
    ['lint', 'eslint', ['--max-warnings=0', ...APPS, 'apps/das-cli/src/domains.ts']],
    ['boundaries', 'depcruise', ['--config', '.dependency-cruiser.cjs', 'apps', 'contracts']],
    ['dead code', 'knip', []],
    ['generated code', 'tsx', ['scripts/generate.ts', '--check']],
    ['unit tests', 'jest', [...APPS, 'test/architecture/collectors', 'libs/scaffold/src/make']],
    ['forks', 'tsx', ['apps/das-cli/src/main.ts', 'collector', 'check']],
  ])('leaves a repository that verifies: %s', (_, tool, args) => {
    expect(ran(join(copy.root, 'node_modules/.bin', tool), args)).toEqual([0, '']);
  });

  it.each([
    ['dbt/models', []],
    ['sql/bronze', ['--rules=layout.end_of_file']],
    ['sql/policies', ['--rules=layout.end_of_file']],
  ])('leaves a repository that verifies: %s', (folder, args) => {
    const sqlfluff = join(copy.root, '.tools/dbt/bin/sqlfluff');
    expect(ran(sqlfluff, ['lint', ...args, `${folder}/brook_parcels`])).toEqual([0, '']);
  });

  /** @returns exit code, and what it said where that is not 0 */
  function ran(command: string, args: readonly string[]) {
    const { status, stdout, stderr } = spawnSync(command, args, { cwd: copy.root, encoding: 'utf8' });
    return [status, status === 0 ? '' : `${stdout}${stderr}`];
  }

  it(
    'leads out of the repository: a folder that builds, tests and runs on packed libs alone',
    async () => {
      const outside = join(copy.dir, 'outside');
      const script = [
        'npm run -s pack -- @das/collector @das/collector-testing',
        `node dist/apps/das-cli/main.js collector fork parcels-events-collector --to ${outside}`,
        `cd ${outside}`,
        'npm install --prefer-offline --no-audit --no-fund --loglevel=error',
        'npm run -s build',
        'npm -s test',
      ].join('\n');
      const child = await bash('outside', script, copy.root);
      expect([await child.whenEnded(), child.tail()]).toEqual([
        0,
        expect.stringMatching(/Tests: +(\d+) passed, \1 total/),
      ]);
      expect(readdirSync(join(outside, 'node_modules/@das/collector'))).toEqual(['dist', 'package.json']);
      await runsOutside(outside, copy.root);
    },
    BOUND_MS,
  );
});

/** It starts with its settings, says what it is, and ends as it is told. */
async function runsOutside(outside: string, root: string): Promise<void> {
  const port = await freePort();
  const own = ManagedProcess.start({
    name: 'outside-collector',
    command: process.execPath,
    args: ['dist/src/main.js'],
    cwd: outside,
    env: {
      DAS_SOURCE: 'journal',
      DAS_JOURNAL_DIR: join(root, '.das/try/journal'),
      PORT: String(port),
      // Nothing listens there: it waits, and says so.
      SNOWFLAKE_ACCOUNT_URL: 'http://127.0.0.1:9',
      SNOWFLAKE_ACCOUNT: 'LOCAL',
      SNOWFLAKE_USER: 'COLLECTOR',
      SNOWFLAKE_PRIVATE_KEY_PATH: join(root, '.das/try/keys/snowflake-key.pem'),
      PHI_KEY_FILE: join(root, '.das/try/keys/phi-keys.json'),
    },
    logFile: join(outside, 'collector.log'),
  });
  try {
    let about: unknown;
    await until('it says what it is', async () => {
      about = await fetch(`http://127.0.0.1:${port}/about`).then(
        (answer) => answer.json(),
        () => undefined,
      );
      return about !== undefined;
    });
    expect(about).toMatchObject({
      collector: 'parcels-events-collector',
      template: TEMPLATE,
      source: 'kafka:parcels.v1',
    });
  } finally {
    expect(await own.stop()).toBe(0);
  }
}
