import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from '../run-cli';
import { STREAMS } from '../streams';
import { RecordedTerminal } from '../testing/recorded-terminal';

const ABOUT = {
  collector: 'orders-events-collector',
  version: '0.1.0',
  template: '0.0.1',
  domain: 'brook_commerce',
  stream: 'orders_events_v1',
  contractVersion: '1.0.0',
  source: 'kafka:orders.v1',
  node: 'v24.0.0',
  upSeconds: 5,
};
const METRICS = `# HELP das_lag_records Records after the last commit
das_lag_records{collector="orders-events-collector",partition="0"} 3
das_lag_records{collector="orders-events-collector",partition="1"} 4
das_lag_seconds{partition="0"} 1.5
das_lag_seconds{partition="1"} 0.5
das_ready{collector="orders-events-collector"} 1
`;
const WELL = {
  status: 'ok',
  details: { source: { status: 'up' }, partitions: { status: 'up', running: 2 } },
};
const ILL = {
  status: 'error',
  details: { source: { status: 'down', reason: 'not joined yet' }, partitions: { status: 'up', running: 0 } },
};

describe('das fleet status', () => {
  const servers: Server[] = [];
  const dir = mkdtempSync(join(tmpdir(), 'das-fleet-'));
  afterAll(async () => {
    rmSync(dir, { recursive: true });
    await Promise.all(
      servers.map(async (server) => {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }),
    );
  });

  /** As a collector answers. */
  async function collector(pages: Readonly<Record<string, readonly [number, string]>>): Promise<string> {
    const server = createServer((request, response) => {
      const [status, text] = pages[request.url ?? ''] ?? [404, '{}'];
      response.writeHead(status).end(text);
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }
  const pages = (ready: readonly [number, object], about: object = ABOUT) => ({
    '/about': [200, JSON.stringify(about)] as const,
    '/health/ready': [ready[0], JSON.stringify(ready[1])] as const,
    '/metrics': [200, METRICS] as const,
  });

  async function run(...args: readonly string[]) {
    const terminal = new RecordedTerminal();
    const signal = new AbortController().signal;
    const code = await runCli(['fleet', 'status', ...args], {
      env: {},
      terminal,
      contracts: STREAMS,
      signal,
    });
    return { code, out: terminal.out, lines: terminal.lines };
  }

  it('is version, template, lag and health of each', async () => {
    const url = await collector(pages([200, WELL]));
    const { code, out, lines } = await run('--url', url, '--json');
    expect([code, lines]).toEqual([0, []]);
    const { node, ...about } = ABOUT;
    expect(node).toBe('v24.0.0');
    expect(JSON.parse(out)).toEqual([
      { url, ...about, state: 'ready', lagRecords: 7, lagSeconds: 1.5, templateBehind: true },
    ]);
    expect((await run('--url', url)).out).toMatch(
      /orders-events-collector +0\.1\.0 +orders_events_v1 1\.0\.0 +0\.0\.1 \(behind\) +7 records, 2 s +ready\n/,
    );
  });

  it('fails where one is not ready, is no collector, or does not answer, and tells of all', async () => {
    const urls = await Promise.all([
      collector(pages([200, WELL], { ...ABOUT, template: null })),
      collector(pages([503, ILL])),
      collector({}),
    ]);
    const file = join(dir, 'targets.json');
    const targets = [...urls.map((url) => url.slice('http://'.length)), '127.0.0.1:1'];
    writeFileSync(file, JSON.stringify([{ targets, labels: { team: 'commerce' } }]));
    const { code, out, lines } = await run('--targets', file);
    expect([code, lines]).toEqual([1, ['das: 3 of 4 collectors are not ready']]);
    expect(
      out
        .split('\n')
        .slice(1, -1)
        .map((line) => line.trim().replaceAll(/ {2,}/g, ' | ')),
    ).toEqual([
      'orders-events-collector | 0.1.0 | orders_events_v1 1.0.0 | own | 7 records, 2 s | ready',
      expect.stringMatching(/\| not ready: source: not joined yet$/),
      `${urls[2]} | unreachable: what answers there is no collector`,
      'http://127.0.0.1:1 | unreachable: nothing answers there',
    ]);
  });

  it.each([
    [[], 'no collector is named'],
    [['--url', 'file:///etc/passwd'], 'the collector number 1 is no http or https URL'],
    [['--url', 'http://me:secret@127.0.0.1:1'], 'the collector number 1 has a user or a password in its URL'],
    [['--targets', 'nowhere.json'], 'nowhere.json cannot be read as JSON'],
    [['--targets', 'package.json'], 'package.json is no list of Prometheus targets'],
  ])('%j is wrong use', async (args, message) => {
    const { code, lines } = await run(...args);
    expect([code, lines]).toEqual([2, [expect.stringContaining(message)]]);
  });
});
