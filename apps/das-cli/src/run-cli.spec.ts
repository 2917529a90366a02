import { runCli } from './run-cli';
import { RecordedTerminal } from './testing/recorded-terminal';
import { STREAMS } from './streams';

async function run(...args: readonly string[]) {
  const terminal = new RecordedTerminal();
  const code = await runCli(args, {
    env: {},
    terminal,
    contracts: STREAMS,
    signal: new AbortController().signal,
  });
  return { code, out: terminal.out, lines: terminal.lines };
}

describe('das', () => {
  it.each([[['--help']], [['dlq', '--help']], [['dlq', 'reasons', '--help']]])(
    '%s is a result',
    async (args) => {
      const { code, out, lines } = await run(...args);
      expect([code, lines]).toEqual([0, []]);
      expect(out).toContain('Usage: das');
    },
  );

  it('prints nothing but JSON with --json', async () => {
    const { code, out } = await run('dlq', 'reasons', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toContainEqual(expect.objectContaining({ reason: 'unknown_version' }));
  });

  it.each([
    [['dlq', 'lunch'], /^das: unknown command 'lunch'$/],
    [['dlq', 'reasons', '--lunch'], /^das: unknown option '--lunch'$/],
  ])('%s is one line and exit code 2', async (args, line) => {
    const { code, out, lines } = await run(...args);
    expect([code, out, lines.length]).toEqual([2, '', 1]);
    expect(lines[0]).toMatch(line);
  });

  it('shows the help of a group that is named without a command', async () => {
    const { code, out, lines } = await run('dlq');
    expect([code, out]).toEqual([2, '']);
    expect(lines.join('\n')).toContain('reasons');
  });
});
