import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { questions } from '@das/account';
import { readDeclared } from '../account/declared';
import { renderDrift } from '../account/render-drift';
import { runCli } from '../run-cli';
import { RecordedTerminal } from '../testing/recorded-terminal';

const CONTRACTS = join(__dirname, '../../../../contracts');
const dir = mkdtempSync(join(tmpdir(), 'das-account-'));
const empty = join(dir, 'empty.json');
const account = readDeclared(CONTRACTS);
writeFileSync(
  empty,
  JSON.stringify({
    recordedAt: '2026-11-27T06:00:00Z',
    answers: Object.fromEntries(questions(account).map((question) => [question, []])),
  }),
);
afterAll(() => {
  rmSync(dir, { recursive: true });
});

async function das(...args: readonly string[]) {
  const terminal = new RecordedTerminal();
  const context = { env: {}, terminal, contracts: [], signal: new AbortController().signal };
  const code = await runCli(['account', ...args], context);
  return { code, out: terminal.out, told: terminal.lines.join('\n') };
}

describe('das account drift', () => {
  it('finds that an empty account has nothing of what is declared, and says so by its exit code', async () => {
    const { code, out } = await das('drift', '--snapshot', empty, '--contracts', CONTRACTS, '--json');
    const { findings, profile } = JSON.parse(out) as {
      readonly profile: string;
      readonly findings: readonly {
        readonly found: unknown;
        readonly statement: string;
        readonly kind: string;
      }[];
    };
    expect(code).toBe(1);
    expect(profile).toBe('production');
    expect(findings.every(({ found }) => found === null)).toBe(true);
    expect(findings.map(({ statement }) => statement)).toContain('CREATE ROLE IF NOT EXISTS "TRANSFORMER"');
    expect(new Set(findings.map(({ kind }) => kind))).toContain('warehouse');
  });

  it('writes statements in the order in which they can be run', async () => {
    const file = join(dir, 'mend.sql');
    const { told } = await das('drift', '--snapshot', empty, '--contracts', CONTRACTS, '--fix-sql', file);
    expect(told).toContain(`written: ${file}`);
    const sql = readFileSync(file, 'utf8');
    const [created, given] = [
      'CREATE ROLE IF NOT EXISTS "DATA_API"',
      'GRANT ROLE "DATA_API" TO USER "API_SERVICE"',
    ].map((statement) => sql.indexOf(statement));
    expect(created).toBeGreaterThan(0);
    expect(given).toBeGreaterThan(created ?? Infinity);
  });

  it('says that all is well where nothing was found', () => {
    expect(renderDrift([])).toBe('The account is as it is declared.\n');
  });

  it('refuses what is no snapshot, and one that was asked less', async () => {
    const file = join(dir, 'other.json');
    for (const [text, told] of [
      ['{', 'it is not JSON'],
      ['{"recordedAt":"2026-11-27T06:00:00Z","answers":{"SHOW ROLES":[]}}', 'questions have no answer'],
      ['{"recordedAt":"yesterday","answers":{}}', 'recordedAt'],
    ]) {
      writeFileSync(file, text ?? '');
      const answer = await das('drift', '--snapshot', file, '--contracts', CONTRACTS);
      expect(answer.code).toBe(2);
      expect(answer.told).toContain(told);
      expect(answer.out).toBe('');
    }
  });

  it('says what is wrong with the command line', async () => {
    const wrong = [
      [['drift'], 'which account?'],
      [['drift', '--live'], 'no Snowflake account is configured'],
      [['drift', '--snapshot', join(dir, 'none.json')], 'cannot be read'],
      [['drift', '--snapshot', empty, '--destructive'], 'name a file'],
      [['drift', '--snapshot', empty, '--live'], 'cannot be used with'],
      [['drift', '--snapshot', empty, '--profile', 'test'], 'production, development'],
    ] as const;
    for (const [args, told] of wrong) {
      const answer = await das(...args, '--contracts', CONTRACTS);
      expect([answer.code, answer.told]).toEqual([2, expect.stringContaining(told)]);
    }
    const nowhere = await das('snapshot', '--contracts', join(dir, 'nowhere'));
    expect([nowhere.code, nowhere.told]).toEqual([2, expect.stringContaining('name that of the contracts')]);
  });
});
