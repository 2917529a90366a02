import { join } from 'node:path';
import { runCli } from '../run-cli';
import { STREAMS } from '../streams';
import { RecordedTerminal } from '../testing/recorded-terminal';

const CONTRACTS = join(__dirname, '..', '..', '..', '..', 'contracts');

async function das(...args: readonly string[]) {
  const terminal = new RecordedTerminal();
  const code = await runCli(['contract', ...args, '--contracts', CONTRACTS], {
    env: {},
    terminal,
    contracts: STREAMS,
    signal: new AbortController().signal,
  });
  return { code, out: terminal.out, lines: terminal.lines };
}

describe('das contract graph', () => {
  it('shows contracts as a tree', async () => {
    const { code, out, lines } = await das('graph', '--downstream', 'kafka:auth.v1');
    expect([code, lines]).toEqual([0, []]);
    expect(out).toMatch(
      /^kafka:auth\.v1 {2}source\n└─ auth_events_v1 {2}stream {2}[\d.]+ {2}pii\n {3}└─ sessions {2}product {2}[\d.]+ {2}confidential\n$/,
    );
  });

  it('follows a column to everything that is made of it', async () => {
    const { code, out } = await das('graph', '--downstream', 'orders_events_v1.customer.email', '--json');
    expect(code).toBe(0);
    const { nodes, edges } = JSON.parse(out) as { nodes: { name: string; phi: string }[]; edges: object[] };
    expect(nodes).toContainEqual(expect.objectContaining({ name: 'customers.email', phi: 'email' }));
    expect(edges).toContainEqual({
      from: 'orders_events_v1.customer.email',
      to: 'orders.customer_email',
    });
  });

  it('draws for Graphviz and for Markdown', async () => {
    const { out: dot } = await das('graph', '--upstream', 'sessions', '--dot');
    expect(dot).toContain('"auth_events_v1" -> "sessions";');
    const { out: mermaid } = await das('graph', '--upstream', 'sessions', '--mermaid');
    expect(mermaid).toMatch(/^flowchart LR\n {2}n0\["auth_events_v1 stream [\d.]+ pii"\]:::personal\n/);
    expect(mermaid).toContain('n0 --> n2');
  });

  it('names the columns that there are, where one is not', async () => {
    const { code, lines } = await das('graph', '--upstream', 'sessions.nothing');
    expect(code).toBe(2);
    expect(lines.join()).toContain('sessions.session_id');
  });
});

describe('das contract graph --traced', () => {
  const traced = (...args: readonly string[]) =>
    das('graph', '--traced', '--rendered', join(CONTRACTS, '../dbt/rendered'), ...args);

  it('goes by the SQL, through tables and arrays, to the path in the event', async () => {
    const { code, out } = await traced('--upstream', 'order_lines.order_state', '--json');
    expect(code).toBe(0);
    const { edges } = JSON.parse(out) as { edges: object[] };
    expect(edges).toEqual(
      expect.arrayContaining([
        { from: 'orders.state', to: 'order_lines.order_state' },
        { from: 'orders_events_v1.event_type', to: 'orders.state' },
      ]),
    );
    const { out: tree } = await traced('--upstream', 'order_lines.sku');
    expect(tree).toContain('└─ orders_events_v1.items.sku');
  });

  it('says what is missing where no SQL was traced', async () => {
    const { code, lines } = await das('graph', '--traced', '--rendered', 'nowhere');
    expect(code).toBe(2);
    expect(lines.join()).toContain('nowhere is no folder of traced SQL');
  });
});

describe('das contract show', () => {
  it('shows who sees what of a product', async () => {
    const { code, out, lines } = await das('show', 'orders');
    expect([code, lines]).toEqual([0, []]);
    expect(out).toMatch(/^orders [\d.]+ {2}\(product, active, pii\)\n/);
    expect(out).toMatch(
      /\n {2}customer_email +VARCHAR +pii +email +orders_events_v1\.customer\.email +ANALYST_PHI, BREAK_GLASS +domain\n/,
    );
    expect(out).toMatch(/\n {2}freshness +10 m +for 95 % of events, over P1D\n/);
    expect(out).toMatch(/\n {2}ANALYST_COMMERCE +order-analytics +bi@brook\.example\n/);
  });

  it('shows what of a stream lands', async () => {
    const { out } = await das('show', 'auth_events_v1');
    expect(out).toMatch(/\n {2}ip +VARCHAR +pii +ip +generalize +all who see the row\n/);
  });

  it('prints one object', async () => {
    const { out } = await das('show', 'orders', '--json');
    expect(JSON.parse(out)).toMatchObject({ name: 'orders', upstream: ['orders_events_v1'] });
  });

  it('names the contracts that there are', async () => {
    const { code, lines } = await das('show', 'nothing');
    expect([code, lines.join()]).toEqual([2, expect.stringContaining('auth_events_v1')]);
  });
});
