import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DomainCoverage, Explanation } from '@das/governance';
import { runCli } from '../run-cli';
import { STREAMS } from '../streams';
import { RecordedTerminal } from '../testing/recorded-terminal';

const CONTRACTS = join(__dirname, '../../../../contracts');
const ORDERS = 'brook_commerce/expectations/orders.yaml';

async function das(contracts: string, ...args: readonly string[]) {
  const terminal = new RecordedTerminal();
  const code = await runCli(['policy', ...args, '--contracts', contracts], {
    env: {},
    terminal,
    contracts: STREAMS,
    signal: new AbortController().signal,
  });
  return { code, out: terminal.out, lines: terminal.lines };
}

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'das-policy-'));
});
afterEach(() => {
  rmSync(dir, { recursive: true });
});

/** A copy of the contracts in which one file differs. */
function changed(file: string, from: string | RegExp, to: string): string {
  const folder = join(dir, 'contracts');
  cpSync(CONTRACTS, folder, { recursive: true });
  const text = readFileSync(join(folder, file), 'utf8');
  const other = text.replace(from, to);
  expect(other).not.toBe(text);
  writeFileSync(join(folder, file), other);
  return folder;
}

describe('das policy coverage', () => {
  it('has no gap, as text and as JSON', async () => {
    expect(await das(CONTRACTS, 'coverage')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/brook_commerce\n.*\n +no gaps\n\nnothing is missing\n$/s) as string,
    });
    const { code, out, lines } = await das(CONTRACTS, 'coverage', '--json');
    const { domains } = JSON.parse(out) as { domains: DomainCoverage[] };
    expect([code, lines, domains.flatMap(({ gaps }) => gaps)]).toEqual([0, [], []]);
    expect(domains.map(({ domain }) => domain)).toContain('brook_commerce');
  });

  it('fails where nothing is expected of a column, and names it', async () => {
    const folder = changed(ORDERS, /^( +coupon,)\n/m, '');
    const { code, out } = await das(folder, 'coverage');
    expect(code).toBe(1);
    expect(out).toContain('no-expectation: BROOK_COMMERCE.GOLD.ORDERS.COUPON is not expected of');
    expect(out).toMatch(/^brook_commerce\n[^]*?expected by hand +[\d,]+ \(99\.\d %\)/);
    const page = join(dir, 'coverage.html');
    expect(await das(folder, 'coverage', '--html', page)).toEqual({
      code: 1,
      out: '',
      lines: [`written: ${page}`],
    });
    const html = readFileSync(page, 'utf8');
    expect(html).toContain('<th scope="row">BROOK_COMMERCE.GOLD.ORDERS.COUPON</th>');
    expect(html).not.toMatch(/<script|\bon\w+=|(src|href)=|https?:|url\(/);
  });

  it('tells where an expectation cannot be read', async () => {
    const folder = changed(ORDERS, 'hidden: [address]', 'hidden: address');
    const { code, out, lines } = await das(folder, 'coverage', '--json');
    expect([code, out]).toEqual([1, '']);
    expect(lines.join('\n')).toMatch(/expectations\/orders\.yaml:\d+:\d+ expect\.1\.sees/);
  });

  it.each([
    [['test', '--target', 'snowflake'], /where\? --database NAME/],
    [['test', '--target', 'snowflake', '--database', 'brook_commerce'], /is the database of a domain/],
    [['test', '--target', 'snowflake', '--database', 'a b'], /no name of a database/],
    [['test', '--database', 'TESTS'], /no other target has one/],
    [['clean-up', '--database', 'snowflake'], /SNOWFLAKE is not for tests/],
    [['coverage', '--json', '--html', 'x.html'], /not both/],
    [['explain', '--product', 'orders'], /--role/],
    [['explain', '--role', 'NOBODY', '--product', 'orders'], /no role NOBODY: .*ANALYST_EMEA/],
    [['explain', '--role', 'DATA_API', '--product', 'lunch'], /no product lunch: .*orders/],
    [['explain', '--role', 'DATA_API', '--product', 'orders', '--column', 'x'], /no column X: ORDER_ID/],
  ])('%j is wrong use', async (args, line) => {
    const { code, out, lines } = await das(CONTRACTS, ...args);
    expect([code, out, lines.length]).toEqual([2, '', 1]);
    expect(lines[0]).toMatch(line);
  });
});

describe('das policy explain', () => {
  it('says in one sentence why', async () => {
    const asked = ['explain', '--role', 'analyst_emea', '--product', 'orders', '--column', 'customer_email'];
    const { code, out, lines } = await das(CONTRACTS, ...asked);
    const sentence =
      'ANALYST_EMEA sees the domain of CUSTOMER_EMAIL: phi:email is masked as domain and clear for ANALYST_PHI and BREAK_GLASS alone; of rows, those whose REGION is EMEA.';
    expect([code, out, lines]).toEqual([0, `${sentence}\n`, []]);
    const { out: json } = await das(CONTRACTS, ...asked, '--json');
    expect(JSON.parse(json)).toEqual([
      {
        role: 'ANALYST_EMEA',
        product: 'orders',
        table: 'ORDERS',
        column: 'CUSTOMER_EMAIL',
        sees: 'masked',
        sentence,
      },
    ]);
  });

  it('says it of each table that has the column, denied ones too', async () => {
    const { out } = await das(
      CONTRACTS,
      'explain',
      '--role=DATA_API',
      '--product=customers',
      '--column=email',
      '--json',
    );
    const explained = JSON.parse(out) as Explanation[];
    expect(explained.map(({ table, sees }) => [table, sees])).toEqual([
      ['CUSTOMER_VERSIONS', 'denied'],
      ['CUSTOMERS_SCD', 'masked'],
      ['CUSTOMERS', 'masked'],
    ]);
  });

  it('has help with examples', async () => {
    const { code, out } = await das(CONTRACTS, 'explain', '--help');
    expect(code).toBe(0);
    expect(out).toContain('das policy explain --role CARE_TEAM');
  });
});
