import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lintTree } from './lint-tree';

const CONTRACTS = join(__dirname, '../../../contracts');
const files = readdirSync(CONTRACTS, { recursive: true, encoding: 'utf8' }).filter(
  (name) => name.endsWith('.yaml') && !/node_modules|expectations|approvals/.test(name),
);
/** What is approved for a time is so on this day. */
const TODAY = '2026-11-27';
const MEMBER = 'brook_health/member_360.odcs.yaml';
const CUSTOMERS = 'brook_commerce/customers.odcs.yaml';

/** What is wrong with all that is declared after a change of one file, as `file: message`. */
function faults(changed?: string, change: (text: string) => string = (text) => text): readonly string[] {
  const tree = new Map(
    files.map((file) => {
      const text = readFileSync(join(CONTRACTS, file), 'utf8');
      const made = file === changed ? change(text) : text;
      if (file === changed && made === text) throw new Error(`${file} is as it was`);
      return [file, { file, text: made }];
    }),
  );
  return lintTree(tree, TODAY).map(({ file, message }) => `${file}: ${message}`);
}

/** The entry of das.consumers, however it is broken into lines. */
const registration = (purpose: string): RegExp =>
  new RegExp(`\\n *- \\{\\s*role: TRANSFORMER,\\s*product: member_360,\\s*purpose: ${purpose},[^}]*\\}`);
const without =
  (...parts: readonly RegExp[]) =>
  (text: string): string =>
    parts.reduce((rest, part) => rest.replace(part, ''), text);

describe('the product that reads two domains', () => {
  it('is sound as it is', () => {
    expect(faults()).toEqual([]);
  });

  it('is refused without its registration, or for one purpose more than that', () => {
    expect(faults(CUSTOMERS, without(registration('member-service'), registration('research')))).toEqual([
      `${MEMBER}: customers has not registered member_360: its das.consumers names the product, its purpose and a contact`,
    ]);
    expect(faults(CUSTOMERS, without(registration('research')))).toEqual([
      `${MEMBER}: customers has registered member_360, and not for research`,
    ]);
  });

  it('is refused where it reads what is below GOLD, or a step on the way', () => {
    for (const table of ['SILVER.ORDERS_EVENTS', 'OPS.TOKEN_REKEYS', 'GOLD.CUSTOMER_VERSIONS'])
      expect(
        faults(MEMBER, (text) => text.replace('BROOK_COMMERCE.GOLD.ORDERS,', `BROOK_COMMERCE.${table},`)),
      ).toContain(
        `${MEMBER}: BROOK_COMMERCE.${table} is promised by no product of another domain: read what BROOK_COMMERCE.GOLD promises`,
      );
  });

  it.each([
    ['care_team', 'patients is|rows of patients'],
    ['region', 'rows of customers'],
  ])('is refused where its policy does not hold %s', (policy, rows) => {
    const found = faults('policies/row-access.yaml', (text) =>
      text.replace(new RegExp(`\\n *- \\{ policy: ${policy}(, arguments: .*)? \\}`), ''),
    );
    expect(found.join('\n')).toMatch(new RegExp(`${MEMBER}: (${rows})`));
  });

  it('is refused where it shows rows by the policy of one domain alone', () => {
    const found = faults(MEMBER, (text) =>
      text.replaceAll(
        /policy: member,\s*columns:\s*\{[^}]*\}/g,
        'policy: region, columns: { region: region }',
      ),
    );
    expect(found).toContain(
      `${MEMBER}: rows of patients are seen by the policy care_team: needs das.rowAccess with it, or with a policy that holds it too`,
    );
  });
});
