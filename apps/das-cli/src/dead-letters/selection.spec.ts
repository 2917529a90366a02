import { runCli } from '../run-cli';
import { streamOfId, STREAMS } from '../streams';
import { RecordedTerminal } from '../testing/recorded-terminal';
import { oneStream, readCount, readTime } from './selection';

const ORDERS = 'orders_events_v1';

async function run(...args: readonly string[]) {
  const terminal = new RecordedTerminal();
  const code = await runCli(args, {
    env: {},
    terminal,
    contracts: STREAMS,
    signal: new AbortController().signal,
  });
  return { code, lines: terminal.lines, out: terminal.out };
}

describe('which dead letters', () => {
  it('are told by times, back from now or ISO 8601', () => {
    expect(Math.abs(Date.now() - 7_200_000 - readTime('2h'))).toBeLessThan(1_000);
    expect(readTime('2026-05-04T03:00:00Z')).toBe(Date.UTC(2026, 4, 4, 3));
    expect(() => readTime('lunch')).toThrow(/ISO 8601/);
    expect(() => readCount('0')).toThrow(/whole number/);
  });

  it.each(['kafka:orders.v1/1/3/12345', 'replay:replay:kafka:orders.v1/2/0/7', 'journal:orders.v1/1/a.b/9'])(
    'are told by an id, which names the stream: %s',
    (id) => {
      expect(streamOfId(id, STREAMS).stream).toBe(ORDERS);
      expect(oneStream(undefined, [id], STREAMS).stream).toBe(ORDERS);
    },
  );

  it.each([
    [undefined, [], /give ids, or --stream/],
    [undefined, ['lunch'], /no id of a dead letter/],
    [undefined, ['kafka:lunch.v1/1/0/1'], /no stream has the source/],
    [ORDERS, ['kafka:auth.v1/1/0/1'], /several streams/],
    ['lunch_v1', [], /no such stream: .*orders_events_v1.* exist/],
  ])('of %s and %j cannot be told', (stream, ids, message) => {
    expect(() => oneStream(stream, ids, STREAMS)).toThrow(message);
  });

  it('are those of the contracts that the command was given', () => {
    const auth = STREAMS.filter(({ stream }) => stream === 'auth_events_v1');
    expect(() => oneStream(ORDERS, [], auth)).toThrow('no such stream: auth_events_v1 exist');
    expect(() => oneStream(undefined, ['kafka:orders.v1/1/3/12345'], auth)).toThrow(
      'no stream has the source',
    );
  });

  it.each([
    [['dlq', 'list', '--from', 'x'], /--from <offset>.*whole number/],
    [['dlq', 'list', '--state', 'lost'], /--state <state>/],
    [['dlq', 'list', '--since', 'lunch'], /--since <time>/],
    [['dlq', 'discard', '--stream', ORDERS], /--because/],
    [['channel', 'recover'], /--collector/],
    [['channel', 'recover', '--collector', 'lunch'], /no collector lunch|DAS_LAKE|SNOWFLAKE/],
  ])('%j is one line and no stack', async (args, line) => {
    const { code, lines, out } = await run(...args);
    expect([2, 78]).toContain(code);
    expect([out, lines.length]).toEqual(['', 1]);
    expect(lines[0]).toMatch(line);
  });
});
