import { join } from 'node:path';
import { runCli } from '../run-cli';
import type { Shared } from '../share/shared';
import { STREAMS } from '../streams';
import { RecordedTerminal } from '../testing/recorded-terminal';

const CONTRACTS = join(__dirname, '../../../../contracts');

async function das(...args: readonly string[]) {
  const terminal = new RecordedTerminal();
  const code = await runCli(['share', ...args, '--contracts', CONTRACTS], {
    env: {},
    terminal,
    contracts: STREAMS,
    signal: new AbortController().signal,
  });
  return { code, out: terminal.out, lines: terminal.lines };
}

const DAY = ['--today', '2026-11-27'];

describe('das share', () => {
  it('lists who reads what, until when, and who approved it', async () => {
    const { code, out } = await das('list', ...DAY);
    expect(code).toBe(0);
    expect(out).toMatch(
      /^northwind_orders +orders +XY12345 +EMEA +9 +2027-11-30 +commerce-steward@brook.example, security@brook.example$/m,
    );
    expect(out).toMatch(/^tailwind_orders +orders +ZW67890 \(TAILWIND_READER\) +EMEA NA +5 +2027-05-31 /m);
  });

  it('tells what has ended, and what one account reads, as JSON', async () => {
    const { code, out, lines } = await das('list', '--today', '2027-06-01', '--account', 'zw67890', '--json');
    const shares = JSON.parse(out) as readonly Shared[];
    expect([code, lines]).toEqual([0, []]);
    expect(shares).toEqual([
      expect.objectContaining({
        name: 'tailwind_orders',
        ended: true,
        account: 'ZW67890',
        reader: 'TAILWIND_READER',
        creditsPerMonth: 5,
        view: 'BROOK_COMMERCE.SHARED.TAILWIND_ORDERS',
        approved: {
          steward: 'commerce-steward@brook.example',
          security: 'privacy@brook.example',
          on: '2026-11-27',
        },
      }),
    ]);
  });

  it('shows a share with a sentence for each column', async () => {
    const { code, out } = await das('show', 'northwind_orders', ...DAY);
    expect(code).toBe(0);
    expect(out).toContain('northwind_orders: ORDERS of orders, for order-analytics\n');
    expect(out).toContain(
      '  XY12345 sees TOTAL_USD as it is: it is confidential; of rows, those whose REGION is EMEA, until 2027-11-30.\n',
    );
  });

  it('explains one column', async () => {
    expect((await das('explain', 'northwind_orders', '--column', 'customer_email', ...DAY)).out).toBe(
      'XY12345 sees the domain of CUSTOMER_EMAIL: phi:email is masked as domain, and clear for no account outside; of rows, those whose REGION is EMEA, until 2027-11-30.\n',
    );
  });

  it('sets a reader account up: a monitor before a warehouse, and a database for its share', async () => {
    const { code, out } = await das('reader', 'tailwind_reader', '--provider', 'AB12345');
    expect(code).toBe(0);
    expect(out.indexOf('RESOURCE MONITOR')).toBeLessThan(out.indexOf('CREATE WAREHOUSE'));
    expect(out).toContain('CREDIT_QUOTA = 5 ');
    expect(out).toContain('FROM SHARE AB12345."BROOK_COMMERCE_TAILWIND_ORDERS";\n');
  });

  it.each<[args: readonly string[], message: RegExp]>([
    [['show', 'nobody'], /there is no share nobody: northwind_orders, tailwind_orders exist/],
    [
      ['explain', 'tailwind_orders', '--column', 'customer_email'],
      /shows no customer_email: ORDER_ID, STATE/,
    ],
    [
      ['reader', 'NOBODY', '--provider', 'AB12345'],
      /there is no reader account NOBODY: TAILWIND_READER exist/,
    ],
    [['reader', 'TAILWIND_READER', '--provider', 'x;y'], /a locator such as AB12345/],
    [['list', '--today', 'tomorrow'], /a day such as/],
  ])('is used wrongly by %j, and says so', async (args, message) => {
    const { code, lines } = await das(...args);
    expect([code, lines.join('\n')]).toEqual([2, expect.stringMatching(message)]);
  });
});
