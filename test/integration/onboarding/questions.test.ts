import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..', '..');
const PYTHON = join(ROOT, '.tools/python/bin/python');
const INTERRUPTED = 130;
const ENTER = '\r';
const CTRL_C = '\u0003';
const CTRL_D = '\u0004';

/** The questions as a person sees them; what they ask and refuse: apps/das-cli/src/commands/new.spec.ts. */
describe('a command that asks, on a terminal', () => {
  const root = mkdtempSync(join(tmpdir(), 'das-questions-'));
  beforeAll(() => {
    for (const path of ['CODEOWNERS', 'contracts'])
      cpSync(join(ROOT, path), join(root, path), { recursive: true });
  });
  afterAll(() => {
    rmSync(root, { recursive: true });
  });
  const files = (): readonly string[] => readdirSync(root, { recursive: true, encoding: 'utf8' }).sort();

  function das(...steps: readonly (readonly [asked: string, typed: string])[]) {
    const command = [process.execPath, join(ROOT, 'dist/apps/das-cli/main.js'), 'domain', 'new'];
    const { status, stdout } = spawnSync(
      PYTHON,
      [
        join(__dirname, 'pseudo_terminal.py'),
        JSON.stringify(steps),
        ...command,
        '--write-only',
        '--root',
        root,
      ],
      { encoding: 'utf8', env: { ...process.env, NO_COLOR: '1', TERM: 'dumb' } },
    );
    return { status, stdout };
  }
  const name = ['such as brook_logistics?', `brook_parcels${ENTER}`] as const;
  const defaults = ['[parcels-data]', '[parcels-owner@', '[parcels-steward@'].map(
    (asked) => [asked, ENTER] as const,
  );

  it.each([
    ['at the first question', [[name[0], CTRL_C]]],
    ['at a later one', [name, [defaults[0]?.[0] ?? '', CTRL_C]]],
    ['at the last one', [name, ...defaults, ['[y/N]', CTRL_C]]],
  ] as const)('ends at Ctrl-C, with nothing written: %s', (_, steps) => {
    const before = files();
    const { status, stdout } = das(...steps);
    expect([status, stdout]).toEqual([INTERRUPTED, expect.stringContaining('das: interrupted')]);
    expect(files()).toEqual(before);
  });

  it('ends at Ctrl-D, with nothing written', () => {
    const before = files();
    const { status, stdout } = das([name[0], CTRL_D]);
    expect([status, stdout]).toEqual([2, expect.stringContaining('the input ended before the answer')]);
    expect(files()).toEqual(before);
  });

  it('writes what is confirmed', () => {
    const { status } = das(name, ...defaults, ['[y/N]', `y${ENTER}`]);
    expect(status).toBe(0);
    expect(files()).toContain('contracts/brook_parcels/defaults.yaml');
  });
});
