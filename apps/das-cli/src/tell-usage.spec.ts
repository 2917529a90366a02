import { runCli } from './run-cli';
import { STREAMS } from './streams';
import { RecordedTerminal } from './testing/recorded-terminal';

const MARK = 'ann.marked-7@example.com';

async function told(...args: readonly string[]): Promise<string> {
  const terminal = new RecordedTerminal();
  const code = await runCli(args, {
    env: {},
    terminal,
    contracts: STREAMS,
    signal: new AbortController().signal,
  });
  expect([code, terminal.out, terminal.lines.length]).toEqual([2, '', 1]);
  return terminal.lines[0] ?? '';
}

describe('a wrong command line', () => {
  it.each([
    [[MARK], /unknown command/],
    [['dlq', MARK], /unknown command/],
    [['dlq', 'list', `--${MARK}`], /unknown option/],
    [['dlq', 'list', MARK], /too many arguments/],
    [['dlq', 'list', '--since', MARK], /option '--since <time>': neither/],
    [['dlq', 'list', '--state', MARK], /option '--state <state>': Allowed choices/],
    [['dlq', 'list', '--limit', `'${MARK}' is invalid. x`], /option '--limit <n>'/],
    [['phi', 'report', '--stream', MARK], /no such stream: .*orders_events_v1/],
    [['dlq', 'show', MARK], /no id of a dead letter/],
    [['dlq', 'show', `kafka:${MARK}/1/0/1`], /no stream/],
    [['dlq', 'show', 'kafka:marked.v1/1/0/1'], /no stream/],
    [['phi', 'report', '--days', MARK], /whole number/],
  ])('%j is told, and no value repeated', async (args, says) => {
    const line = await told(...args);
    expect(line).toMatch(says);
    expect(line).not.toContain('marked');
  });

  it('still says which name it does not know', async () => {
    expect(await told('dlq', 'lits')).toBe("das: unknown command 'lits' (Did you mean list?)");
    expect(await told('dlq', 'list', '--sinse', '1h')).toContain("unknown option '--sinse'");
  });
});
