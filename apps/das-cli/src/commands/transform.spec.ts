import { join } from 'node:path';
import { runCli } from '../run-cli';
import { STREAMS } from '../streams';
import { RecordedTerminal } from '../testing/recorded-terminal';

const PROJECT = join(__dirname, '..', '..', '..', '..', 'dbt');

async function run(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const terminal = new RecordedTerminal();
  const code = await runCli(['transform', ...args], {
    env,
    terminal,
    contracts: STREAMS,
    signal: new AbortController().signal,
  });
  return { code, out: terminal.out, lines: terminal.lines };
}

describe('das transform', () => {
  it.each([
    [['--full-refresh'], /--allow-forgetting/],
    [['--allow-forgetting'], /goes with --full-refresh/],
    [['--full-refresh', '--allow-forgetting', '--watch', '5'], /not both/],
    [['--watch', '0'], /--watch/],
    [['--watch', 'often'], /--watch/],
  ])('%s is a wrong command line', async (args, line) => {
    const { code, out, lines } = await run(args);
    expect([code, out, lines.length]).toEqual([2, '', 1]);
    expect(lines[0]).toMatch(line);
  });

  it.each([
    [{ DAS_LAKE: '/nowhere' }, /DAS_REFINED: is not set/],
    [{ DAS_REFINED: '/nowhere' }, /DAS_LAKE: is not set/],
    [{ DAS_LAKE: '/nowhere', DAS_REFINED: '/nowhere' }, /lake_missing/],
    [{ DAS_LAKE: __dirname, DAS_REFINED: '/nowhere', DAS_DBT_PROJECT: __dirname }, /dbt_project_missing/],
    [
      { DAS_LAKE: __dirname, DAS_REFINED: '/nowhere', DAS_DBT_PROJECT: PROJECT, DAS_DBT: '/nowhere/dbt' },
      /dbt_missing: DAS_DBT names no program/,
    ],
  ])('%s is a setting that is wrong', async (env, line) => {
    const { code, out, lines } = await run([], env);
    expect([code, out, lines.length]).toEqual([78, '', 1]);
    expect(lines[0]).toMatch(line);
  });
});
