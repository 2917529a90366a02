import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PhiReport } from '../phi-report/report-words';
import { runCli } from '../run-cli';
import { STREAMS } from '../streams';
import { RecordedTerminal } from '../testing/recorded-terminal';

// A demo may have left its lake in the folder that tests are started in.
const started = process.cwd();
beforeAll(() => {
  process.chdir(tmpdir());
});
afterAll(() => {
  process.chdir(started);
});

async function run(...args: readonly string[]) {
  const terminal = new RecordedTerminal();
  const code = await runCli(['phi', 'report', ...args], {
    env: {},
    terminal,
    contracts: STREAMS,
    signal: new AbortController().signal,
  });
  return { code, out: terminal.out, lines: terminal.lines };
}

describe('das phi report', () => {
  it('says of every property what lands and who sees it', async () => {
    const { code, out, lines } = await run('--json');
    expect([code, lines]).toEqual([0, []]);
    const { streams, hitsRead } = JSON.parse(out) as PhiReport;
    expect(hitsRead).toBe(false);
    expect(streams.map(({ stream }) => stream)).toEqual(STREAMS.map(({ stream }) => stream));
    const [auth, orders] = streams;
    expect(auth).toMatchObject({
      undeclaredPhi: 'tag',
      table: 'BROOK_COMMERCE.BRONZE.AUTH_EVENTS_V1',
      hits: null,
    });
    expect(auth?.properties).toContainEqual({
      path: 'ip',
      classification: 'pii',
      kind: 'ip',
      protect: 'generalize',
      lands: { text: 'generalised; null where that is not possible', example: '203.0.113.0/24' },
      clearFor: 'everybody',
      masked: null,
      link: null,
    });
    expect(orders?.properties).toHaveLength(21);
    expect(orders?.properties).toContainEqual(
      expect.objectContaining({
        path: 'customer.email',
        protect: 'clear',
        clearFor: ['ANALYST_PHI', 'BREAK_GLASS'],
        masked: { text: 'the domain', example: 'example.com' },
      }),
    );
    expect(orders?.properties).toContainEqual(
      expect.objectContaining({ path: 'items[].sku', kind: null, clearFor: 'everybody', masked: null }),
    );
  });

  it('is aligned for a terminal, and says that hits were not read', async () => {
    const { out } = await run('--stream', 'orders_events_v1');
    const lines = out.split('\n');
    const heading = lines.find((line) => line.includes('PROPERTY')) ?? '';
    const email = lines.find((line) => line.includes('customer.email')) ?? '';
    for (const [name, cell] of [
      ['CLASS', 'pii'],
      ['KIND', 'email'],
      ['OTHERS SEE', 'the domain'],
    ] as const)
      expect(email.indexOf(cell, 20)).toBe(heading.indexOf(name));
    expect(out).not.toContain('auth_events_v1');
    expect(out).toContain('Hits were not read');
  });

  it('is a page that needs nothing else', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'das-report-'));
    try {
      const file = join(dir, 'phi.html');
      expect(await run('--html', file)).toEqual({ code: 0, out: '', lines: [`written: ${file}`] });
      const page = readFileSync(file, 'utf8');
      expect(page).toContain('<th scope="row">customer.email</th>');
      expect(page).not.toMatch(/<script|\bon\w+=|(src|href)=|https?:|url\(/);
      expect(page.match(/<th scope="col">/g)).toHaveLength(7 * STREAMS.length);
    } finally {
      rmSync(dir, { recursive: true });
    }
  });

  it.each([
    [['--days', '0'], 2, /whole number from 1 to 400/],
    [['--stream', 'lunch'], 2, /no such stream/],
    [['--json', '--html', 'x.html'], 2, /not both/],
    [['--html', '/nowhere/at/all.html'], 78, /not_written/],
  ])('%j ends with %d and one line', async (args, code, line) => {
    const result = await run(...args);
    expect([result.code, result.out, result.lines.length]).toEqual([code, '', 1]);
    expect(result.lines[0]).toMatch(line);
  });

  it('has help with examples', async () => {
    const { code, out } = await run('--help');
    expect(code).toBe(0);
    expect(out).toContain('das phi report --html');
  });
});
