import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMap, parseDocument, type Document } from 'yaml';
import { loadAccess } from '../access/load-access';
import type { ContractTree } from '../diff/diff-trees';
import { ContractError } from '../finding';
import { lintTree } from '../lint-tree';
import { parseContract } from '../load-contract';
import { checkShareDays, checkShares } from './check-shares';
import { checkSharesTogether } from './check-shares-together';

const CONTRACTS = join(__dirname, '../../../../contracts');
const ORDERS = 'brook_commerce/orders.odcs.yaml';
const PATIENTS = 'brook_health/patients.odcs.yaml';
const TODAY = '2026-11-27';

const tree: ContractTree = new Map(
  readdirSync(CONTRACTS, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.yaml') && !path.includes('node_modules'))
    .map((path) => [path, { file: path, text: readFileSync(join(CONTRACTS, path), 'utf8') }]),
);

const SHARE = {
  name: 'southwind',
  table: 'orders',
  account: 'AB11111',
  regions: ['NA'],
  columns: ['order_id', 'region'],
  purpose: 'order-analytics',
  contact: 'data@southwind.example',
  expires: '2027-01-31',
  approved: {
    steward: 'commerce-steward@brook.example',
    security: 'security@brook.example',
    on: '2026-11-27',
  },
};
const HEALTH = {
  ...SHARE,
  purpose: 'care',
  approved: { ...SHARE.approved, steward: 'health-steward@brook.example' },
};

const access = loadAccess(CONTRACTS);

/** What is said of shares after an edit of one contract; @param today - by which shares have ended */
function findings(file: string, edit: (yaml: Document) => void, today = TODAY): readonly string[] {
  const yaml = parseDocument(tree.get(file)?.text ?? '');
  edit(yaml);
  try {
    const document = parseContract(yaml.toString({ lineWidth: 0 }), file);
    return [
      ...checkShares(document, access),
      ...checkShareDays(document, today),
      ...checkSharesTogether(document, [document]),
    ].map(({ message }) => message);
  } catch (thrown) {
    if (!(thrown instanceof ContractError)) throw thrown;
    return thrown.findings.map(({ message }) => message);
  }
}

/** Another share, in the place of those that a contract has. */
function sharing(share: Readonly<Record<string, unknown>>, file = ORDERS, today = TODAY): readonly string[] {
  return findings(
    file,
    (yaml) => {
      shares(yaml, [share]);
    },
    today,
  );
}

function shares(yaml: Document, value: readonly unknown[]): void {
  const { items } = yaml.get('customProperties') as { items: unknown[] };
  const at = items.findIndex((item) => isMap(item) && item.get('property') === 'das.shares');
  const node = yaml.createNode({ property: 'das.shares', value });
  if (at < 0) items.push(node);
  else items[at] = node;
}

describe('a share', () => {
  it('is sound as the repository has them, and as it is here', () => {
    expect(lintTree(tree, TODAY)).toEqual([]);
    expect(lintTree(tree, '2027-06-01').map(({ file, message }) => [file, message])).toEqual([
      [ORDERS, 'tailwind_orders has ended: take it out, or have it approved anew'],
    ]);
    expect(sharing(SHARE)).toEqual([]);
    expect(sharing({ ...SHARE, account: undefined, reader: { name: 'SOUTH', creditsPerMonth: 1 } })).toEqual(
      [],
    );
  });

  it.each<[what: string, changes: Readonly<Record<string, unknown>>, message: RegExp]>([
    ['a table that is not there', { table: 'customers' }, /^customers is no table of this contract$/],
    ['nobody', { account: undefined }, /says not who reads it/],
    ['an account by its name', { account: 'NORTHWIND' }, /is no account locator/],
    ['a purpose of its own', { purpose: 'marketing' }, /^marketing is none of das.purposes$/],
    ['no day', { expires: '2027-02-30' }, /is no day of the calendar/],
    ['a day that has passed', { expires: '2026-11-26' }, /^southwind has ended/],
    ['an approval that is yet to come', { approved: { ...SHARE.approved, on: '2026-12-01' } }, /yet to come/],
    [
      'a steward of others',
      { approved: { ...SHARE.approved, steward: 'jo@brook.example' } },
      /no steward of it/,
    ],
    [
      'somebody for security',
      { approved: { ...SHARE.approved, security: 'jo@brook.example' } },
      /for security/,
    ],
    ['a region that is none', { regions: ['MARS'] }, /^MARS is no region: EMEA, NA, APAC, LATAM are$/],
    ['a column that is none', { columns: ['order_id', 'margin'] }, /^margin is no column of orders$/],
    ['a column twice', { columns: ['order_id', 'order_id'] }, /^order_id is there twice$/],
    ['what nobody knows', { unmasked: true }, /is not known here: a typing error/],
  ])('is refused with %s', (_, changes, message) => {
    expect(sharing({ ...SHARE, ...changes })).toEqual([expect.stringMatching(message)]);
  });

  it('is refused where one person approved it twice', () => {
    const { steward } = SHARE.approved;
    expect(sharing({ ...SHARE, approved: { ...SHARE.approved, security: steward } })).toContain(
      'one person approved twice',
    );
  });

  it('shows what is personal masked, and never as a token or without a mask', () => {
    const column = (custom: readonly unknown[]): readonly string[] =>
      findings(ORDERS, (yaml) => {
        shares(yaml, [{ ...SHARE, columns: ['order_id', 'customer_phone'] }]);
        const { items } = yaml.getIn(['schema', 0, 'properties']) as { items: unknown[] };
        const at = items.findIndex((item) => isMap(item) && item.get('name') === 'customer_phone');
        yaml.setIn(['schema', 0, 'properties', at, 'customProperties'], yaml.createNode(custom));
      });
    const mask = (value: string): unknown => ({ property: 'das.mask', value });
    const clearFor = { property: 'das.clearFor', value: ['ANALYST_PHI', 'CARE_TEAM', 'BREAK_GLASS'] };
    expect(column([mask('last2'), clearFor])).toEqual([]);
    expect(column([mask('token'), clearFor]).join()).toMatch(/masked as a token/);
    expect(column([mask('last2'), clearFor, { property: 'das.projection', value: 'joins_only' }])).toContain(
      'customer_phone may be joined by, and not shown',
    );
    const told = sharing({ ...HEALTH, table: 'patients', columns: ['patient_id'] }, PATIENTS);
    expect(told.join()).toMatch(/patient_id is phi and has no mask: it would leave as it is/);
  });

  it('is refused where rows are decided by who is in whose care: no account outside is known there', () => {
    const told = sharing({ ...HEALTH, table: 'patients', columns: ['region'] }, PATIENTS);
    expect(told.join()).toMatch(/decided by care_team, which knows no accounts/);
    // One of the policies that are joined there knows accounts, and the others do not.
    const member = { ...HEALTH, table: 'member_360', columns: ['region'], purpose: 'member-service' };
    expect(sharing(member, 'brook_health/member_360.odcs.yaml').join()).toMatch(
      /by member, which knows no accounts/,
    );
  });

  it('is refused of a stream, of a product that is not served, and of what is internal', () => {
    expect(sharing(SHARE, 'brook_commerce/orders_events_v1.odcs.yaml').join()).toMatch(
      /a stream is not shared/,
    );
    const draft = findings(ORDERS, (yaml) => {
      yaml.set('status', 'draft');
    });
    expect(draft.join()).toMatch(/is of a product that is draft/);
    const internal = {
      ...SHARE,
      table: 'customer_versions',
      columns: ['region'],
      purpose: 'customer-history',
    };
    expect(sharing(internal, 'brook_commerce/customers.odcs.yaml').join()).toMatch(
      /customer_versions is internal/,
    );
  });

  it('is refused of what is made from another domain, however far behind: its steward did not approve that', () => {
    const all = [...tree].flatMap(([path, { text }]) =>
      path.endsWith('.odcs.yaml') ? [parseContract(text, path)] : [],
    );
    const told = (product: string, ...custom: readonly { property: string; value: unknown }[]) => {
      const given = [...custom, { property: 'das.shares', value: [SHARE] }];
      const changed = all.map((one) => {
        const kept = one.customProperties.filter((own) =>
          given.every(({ property }) => property !== own.property),
        );
        return one.name === product ? { ...one, customProperties: [...kept, ...given] } : one;
      });
      const document = changed.find(({ name }) => name === product);
      if (document === undefined) throw new Error(`there is no ${product}`);
      return checkSharesTogether(document, changed).map(({ message }) => message);
    };
    expect(told('claims')).toEqual([]);
    const crossing = (product: string): readonly unknown[] =>
      ['CUSTOMERS', 'ORDERS'].map((table): unknown =>
        expect.stringMatching(`^${product} is made from BROOK_COMMERCE\\.GOLD\\.${table}, of another domain`),
      );
    expect(told('member_360')).toEqual(crossing('member_360'));
    const value = { inputs: ['BROOK_HEALTH.GOLD.MEMBER_360'], outputs: [] };
    expect(told('claims', { property: 'das.lineage', value })).toEqual(crossing('claims'));
  });

  it('ends with its product', () => {
    const ending = (end: string): readonly string[] =>
      findings(ORDERS, (yaml) => {
        shares(yaml, [SHARE]);
        yaml.set('status', 'deprecated');
        (yaml.get('slaProperties') as { items: unknown[] }).items.push(
          yaml.createNode({ property: 'endOfLife', value: end }),
        );
      });
    expect(ending('2027-01-31')).toEqual([]);
    expect(ending('2027-01-30')).toEqual(['is after 2027-01-30, when the product ends']);
  });

  it('carries the groups of its table', () => {
    const grouped = (columns: readonly string[]): readonly string[] =>
      findings(ORDERS, (yaml) => {
        shares(yaml, [{ ...SHARE, columns }]);
        (yaml.getIn(['schema', 0, 'customProperties']) as { items: unknown[] }).items.push(
          yaml.createNode({
            property: 'das.aggregation',
            value: { policy: 'small_cells', entity: ['customer_id'] },
          }),
        );
      });
    expect(grouped(['region', 'customer_id'])).toEqual([]);
    expect(grouped(['region']).join()).toMatch(/customer_id is missing: groups of orders are counted by it/);
  });
});

describe('shares of a domain', () => {
  const both = (other: Readonly<Record<string, unknown>>, one: Readonly<Record<string, unknown>> = SHARE) =>
    findings(ORDERS, (yaml) => {
      shares(yaml, [one, { ...SHARE, name: 'other', ...other }]);
    });

  it('show an account the same regions, since policies know accounts and not shares', () => {
    expect(both({})).toEqual([]);
    expect(both({ regions: ['NA', 'EMEA'] }).join()).toMatch(/AB11111 sees other regions by other/);
    expect(both({ regions: ['EMEA'], account: 'CD22222' })).toEqual([]);
  });

  it('have names of their own, and one reader account of a name', () => {
    expect(both({ name: 'southwind' }).join()).toMatch(/another share is called southwind/);
    expect(both({ name: 'orders' }).join()).toMatch(/orders is the name of a table/);
    const reader = { name: 'SOUTH', creditsPerMonth: 1 };
    expect(both({ reader }, { ...SHARE, reader })).toEqual([]);
    expect(both({ reader, account: 'CD22222' }, { ...SHARE, reader }).join()).toMatch(
      /SOUTH has another account/,
    );
  });
});
