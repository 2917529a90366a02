import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { runCli } from '../run-cli';
import { RecordedTerminal } from '../testing/recorded-terminal';
import { STREAMS } from '../streams';

const TOKEN = 'a-token-of-a-test';
const FUSES = [
  { partition: '0', blown: false, reason: null },
  { partition: '3', blown: true, reason: 'fuse_blown: too much' },
];

/** As a collector answers; what it was asked is kept. */
class Collector {
  readonly asked: string[] = [];
  private constructor(
    readonly url: string,
    private readonly server: Server,
  ) {}

  static async start(answer: (path: string) => { status: number; body: unknown }): Promise<Collector> {
    const server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        collector.asked.push(`${request.method ?? ''} ${request.url ?? ''} ${body}`);
        const isKnown = request.headers.authorization === `Bearer ${TOKEN}`;
        const { status, body: text } = isKnown ? answer(request.url ?? '') : { status: 401, body: {} };
        response.writeHead(status).end(JSON.stringify(text));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const collector = new Collector(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, server);
    return collector;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

async function run(args: readonly string[], token = TOKEN) {
  const terminal = new RecordedTerminal();
  const env = { DAS_ADMIN_TOKEN: token };
  const code = await runCli(['fuse', ...args], {
    env,
    terminal,
    contracts: STREAMS,
    signal: new AbortController().signal,
  });
  return { code, out: terminal.out, lines: terminal.lines };
}

describe('das fuse', () => {
  let collector: Collector;
  beforeEach(async () => {
    collector = await Collector.start((path) =>
      path === '/admin/fuse' ? { status: 200, body: FUSES } : { status: 200, body: { reset: ['3'] } },
    );
  });
  afterEach(() => collector.stop());

  it('status lists every partition', async () => {
    const { code, out } = await run(['status', '--url', collector.url]);
    expect(code).toBe(0);
    expect(out).toBe(
      `${collector.url} partition 0: whole\n${collector.url} partition 3: fuse_blown: too much\n`,
    );
  });

  it('status --json is the same as data', async () => {
    const { out } = await run(['status', '--url', collector.url, '--json']);
    expect(JSON.parse(out)).toEqual(FUSES.map((fuse) => ({ url: collector.url, ...fuse })));
  });

  it('reset says which partitions go on, and asks for one where one is named', async () => {
    expect((await run(['reset', '--url', collector.url])).out).toBe(`${collector.url} partition 3: reset\n`);
    await run(['reset', '--url', collector.url, '--partition', '3', '--json']);
    expect(collector.asked).toEqual([
      'POST /admin/fuse/reset {}',
      'POST /admin/fuse/reset {"partition":"3"}',
    ]);
  });

  it('asks the others where one cannot be asked, and ends with its failure', async () => {
    const gone = await Collector.start(() => ({ status: 200, body: [] }));
    await gone.stop();
    const { code, out, lines } = await run(['status', '--url', gone.url, '--url', collector.url]);
    expect(code).toBe(75);
    expect(out).toContain('partition 3');
    expect(lines).toEqual([expect.stringContaining('collector_unreachable')]);
  });

  it.each([
    ['a wrong token', 'another-token-of-a-test', 78, /admin_refused.*DAS_ADMIN_TOKEN/],
    ['no token', '', 78, /DAS_ADMIN_TOKEN: is not set/],
    ['a short token', 'tiny-secret', 78, /DAS_ADMIN_TOKEN: is too short/],
  ])('ends with one line for %s, which is not shown', async (_name, token, expected, line) => {
    const { code, out, lines } = await run(['reset', '--url', collector.url], token);
    expect([code, out, lines.length]).toEqual([expected, '', 1]);
    expect(lines[0]).toMatch(line);
    expect(lines[0]).not.toContain(token || TOKEN);
  });

  it.each([
    [404, {}, /admin_off/],
    [500, {}, /not_a_collector/],
    [200, { unlike: 'it' }, /not_a_collector/],
  ])('ends with one line for the answer %d', async (status, body, line) => {
    const other = await Collector.start(() => ({ status, body }));
    const { code, lines } = await run(['status', '--url', other.url]);
    await other.stop();
    expect([code, lines.length]).toEqual([78, 1]);
    expect(lines[0]).toMatch(line);
  });

  it.each([['http://collector.example:3000'], ['nonsense']])(
    'sends the token nowhere but over TLS or loopback: %s',
    async (url) => {
      const { code, lines } = await run(['status', '--url', url]);
      expect([code, lines]).toEqual([2, ['das: --url is no https URL, and not on loopback']]);
    },
  );

  it('asks for a URL', async () => {
    expect((await run(['status'])).code).toBe(2);
  });
});
