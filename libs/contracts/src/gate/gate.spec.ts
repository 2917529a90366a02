import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseDocument } from 'yaml';
import type { ContractTree } from '../diff/diff-trees';
import { digestOf } from './approval';
import { gate, type GateResult } from './gate';

const CONTRACTS = join(__dirname, '../../../../contracts');
const OPTIONS = { today: '2026-11-27', sunsetDays: 90 };
const ORDERS = 'brook_commerce/orders.odcs.yaml';
const STEWARD = 'commerce-steward@brook.example';
const SECURITY = 'security@brook.example';

const base: ContractTree = new Map(
  readdirSync(CONTRACTS, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.yaml') && !path.includes('node_modules'))
    .map((path) => [path, { file: `contracts/${path}`, text: readFileSync(join(CONTRACTS, path), 'utf8') }]),
);

/** The tree with texts replaced, added, or (undefined) taken away. */
function changed(texts: Readonly<Record<string, string | undefined>>): ContractTree {
  const head = new Map(base);
  for (const [path, text] of Object.entries(texts))
    if (text === undefined) head.delete(path);
    else head.set(path, { file: `contracts/${path}`, text });
  return head;
}

function edited(path: string, ...replacements: readonly (readonly [string, string])[]): string {
  return replacements.reduce(
    (text, [from, to]) => {
      expect(text).toContain(from);
      return text.replace(from, to);
    },
    base.get(path)?.text ?? '',
  );
}

const rulesOf = ({ faults }: GateResult): readonly string[] => faults.map(({ rule }) => rule);

/** A weaker promise, in the version that it needs. */
const SLOWER = edited(ORDERS, ['version: 2.0.0', 'version: 3.0.0'], ['percentile: 95', 'percentile: 50']);

function approval(
  path: string,
  text: string,
  changes: Readonly<Record<string, unknown>> = {},
): Record<string, string> {
  const digest = digestOf(parse(base.get(path)?.text ?? ''), parse(text));
  const [domain = '', name = ''] = path.replace('.odcs.yaml', '').split('/');
  const said = {
    contract: `${domain}/${name}`,
    digest,
    steward: { by: STEWARD, on: '2026-11-26' },
    security: { by: SECURITY, on: '2026-11-27' },
    reason: 'Readers were asked, and none of them needs more.',
    ...changes,
  };
  return { [`${domain}/approvals/${name}-${digest.slice(0, 12)}.yaml`]: JSON.stringify(said) };
}

describe('the gate', () => {
  it('lets nothing pass, and what is compatible in its version', () => {
    expect(gate(base, base, OPTIONS)).toMatchObject({ passes: true, faults: [], findings: [] });
    const described = edited(
      ORDERS,
      ['version: 2.0.0', 'version: 2.0.1'],
      ['dataGranularityDescription: One order.', 'dataGranularityDescription: An order.'],
    );
    expect(gate(base, changed({ [ORDERS]: described }), OPTIONS)).toMatchObject({ passes: true });
  });

  it('asks for the version that a change needs', () => {
    const described = edited(ORDERS, [
      'dataGranularityDescription: One order.',
      'dataGranularityDescription: An order.',
    ]);
    const result = gate(base, changed({ [ORDERS]: described }), OPTIONS);
    expect(result.faults).toEqual([expect.objectContaining({ rule: 'VERSION', cure: 'set version: 2.0.1' })]);
    const minor = SLOWER.replace('version: 3.0.0', 'version: 2.1.0');
    expect(rulesOf(gate(base, changed({ [ORDERS]: minor }), OPTIONS))).toContain('VERSION');
  });

  it('asks steward and security about what is weaker, and names whom it touches', () => {
    const result = gate(base, changed({ [ORDERS]: SLOWER }), OPTIONS);
    expect(rulesOf(result)).toEqual(['APPROVAL']);
    expect(result.touched).toEqual([
      expect.objectContaining({
        contract: 'brook_commerce/orders',
        consumers: expect.arrayContaining([
          { role: 'ANALYST_COMMERCE', purpose: 'order-analytics', contact: 'bi@brook.example' },
        ]) as unknown,
      }),
    ]);
    expect(result.templates[0]?.text).toContain('SLO_WEAKENED');
  });

  it('passes what both approved, and nothing else', () => {
    expect(gate(base, changed({ [ORDERS]: SLOWER, ...approval(ORDERS, SLOWER) }), OPTIONS).passes).toBe(true);
    const more = SLOWER.replace('percentile: 50', 'percentile: 40');
    expect(gate(base, changed({ [ORDERS]: more, ...approval(ORDERS, SLOWER) }), OPTIONS).passes).toBe(false);
  });

  it.each<[string, Readonly<Record<string, unknown>>, RegExp]>([
    ['one person twice', { security: { by: STEWARD, on: '2026-11-27' } }, /signed twice/],
    [
      'somebody who is no steward',
      { steward: { by: 'me@brook.example', on: '2026-11-27' } },
      /no steward of it/,
    ],
    [
      'somebody who does not approve for security',
      { security: { by: 'me@brook.example', on: '2026-11-27' } },
      /for security/,
    ],
    ['a day that is yet to come', { security: { by: SECURITY, on: '2026-12-24' } }, /yet to come/],
    ['another change', { digest: 'a'.repeat(64) }, /another change/],
    ['no reason', { reason: 'ok' }, /too short/],
  ])('takes no approval of %s', (_, changes, message) => {
    const { faults } = gate(
      base,
      changed({ [ORDERS]: SLOWER, ...approval(ORDERS, SLOWER, changes) }),
      OPTIONS,
    );
    expect(faults.map((fault) => fault.message).join('\n')).toMatch(message);
  });

  it('lets nobody who comes with the change approve it', () => {
    const mine = SLOWER.replace(STEWARD, 'me@brook.example');
    const signed = approval(ORDERS, mine, { steward: { by: 'me@brook.example', on: '2026-11-27' } });
    expect(gate(base, changed({ [ORDERS]: mine, ...signed }), OPTIONS).passes).toBe(false);
  });

  it('asks two of security about roles and policies', () => {
    const wider = edited('roles.yaml', ['regions: [EMEA]', "regions: ['*']"]);
    expect(rulesOf(gate(base, changed({ 'roles.yaml': wider }), OPTIONS))).toEqual(['APPROVAL']);
    const digest = digestOf(parse(base.get('roles.yaml')?.text ?? ''), parse(wider));
    const signed = JSON.stringify({
      contract: 'roles.yaml',
      digest,
      steward: { by: 'privacy@brook.example', on: '2026-11-27' },
      security: { by: SECURITY, on: '2026-11-27' },
      reason: 'The region was given to the role by its owner.',
    });
    const head = changed({ 'roles.yaml': wider, [`approvals/roles-${digest.slice(0, 12)}.yaml`]: signed });
    expect(gate(base, head, OPTIONS)).toMatchObject({ passes: true });
  });

  it('keeps the old version of what breaks its readers', () => {
    const yaml = parseDocument(edited(ORDERS, ['version: 2.0.0', 'version: 3.0.0']));
    const columns = yaml.getIn(['schema', 0, 'properties']) as { items: unknown[] };
    columns.items = columns.items.filter((item) => !String(item).includes('coupon'));
    const text = yaml.toString({ lineWidth: 0 });
    const result = gate(base, changed({ [ORDERS]: text, ...approval(ORDERS, text) }), OPTIONS);
    expect(rulesOf(result)).toContain('SUNSET');
    expect(result.faults.find(({ rule }) => rule === 'SUNSET')?.cure).toContain('2027-02-25');
  });

  it('takes the old version beside the new one, until it ends, and nothing less', () => {
    const next = (replaces: string): string => {
      const yaml = parseDocument(edited(ORDERS, ['version: 2.0.0', 'version: 3.0.0']));
      const columns = yaml.getIn(['schema', 0, 'properties']) as { items: unknown[] };
      columns.items = columns.items.filter((item) => !String(item).includes('coupon'));
      yaml.addIn(['customProperties'], yaml.createNode({ property: 'das.replaces', value: replaces }));
      return yaml.toString({ lineWidth: 0 });
    };
    const old = (end: string): string =>
      edited(
        ORDERS,
        ['id: brook-commerce-orders', 'id: brook-commerce-orders-v1'],
        ['\nname: orders', '\nname: orders_v1'],
        ['status: active', 'status: deprecated'],
        [
          '  - name: orders\n    physicalName: ORDERS\n',
          '  - name: orders_v1\n    physicalName: ORDERS_V1\n',
        ],
        ['slaProperties:\n', `slaProperties:\n  - { property: endOfLife, value: '${end}' }\n`],
      );
    const sunset = (replaces: string, kept: string | undefined): readonly string[] =>
      gate(base, changed({ [ORDERS]: next(replaces), 'brook_commerce/orders_v1.odcs.yaml': kept }), OPTIONS)
        .faults.filter(({ rule }) => rule === 'SUNSET')
        .map(({ message }) => message);
    expect(sunset('orders_v1', old('2027-02-25'))).toEqual([]);
    expect(sunset('orders_v1', old('2027-02-24'))).toEqual([expect.stringContaining('too soon')]);
    expect(sunset('orders_v1', old('2027-02-25').replace('percentile: 95', 'percentile: 50'))).toEqual([
      expect.stringContaining('is not what it was'),
    ]);
    expect(sunset('orders_v1', undefined)).toEqual([expect.stringContaining('no contract serves')]);
    expect(sunset('orders', old('2027-02-25'))).toEqual([expect.stringContaining('no contract serves')]);
  });

  it('lets a contract go when its end has passed, and not before', () => {
    expect(rulesOf(gate(base, changed({ [ORDERS]: undefined }), OPTIONS))).toContain('SUNSET');
    const ending = edited(
      ORDERS,
      ['status: active', 'status: deprecated'],
      ['slaProperties:\n', "slaProperties:\n  - { property: endOfLife, value: '2026-11-30' }\n"],
    );
    const announced = changed({ [ORDERS]: ending });
    const gone = changed({ [ORDERS]: undefined });
    expect(rulesOf(gate(announced, gone, OPTIONS))).toContain('SUNSET');
    expect(rulesOf(gate(announced, gone, { ...OPTIONS, today: '2026-12-01' }))).not.toContain('SUNSET');
  });

  it('lets nobody announce an end that is near, or has passed', () => {
    const ending = edited(
      ORDERS,
      ['version: 2.0.0', 'version: 2.1.0'],
      ['status: active', 'status: deprecated'],
      ['slaProperties:\n', "slaProperties:\n  - { property: endOfLife, value: '2026-11-01' }\n"],
    );
    // Its shares, too, would be there for longer than it is.
    expect(rulesOf(gate(base, changed({ [ORDERS]: ending }), OPTIONS))).toEqual(['LINT', 'LINT', 'SUNSET']);
  });

  it('takes no contract of another domain in the same database, no twin, and no new policy unseen', () => {
    const events = 'brook_commerce/orders_events_v1.odcs.yaml';
    const other = edited(
      events,
      ['domain: brook_commerce', 'domain: zz'],
      ['id: brook-commerce-orders-events', 'id: zz-events'],
    );
    const messages = (texts: Readonly<Record<string, string>>): string =>
      gate(base, changed(texts), OPTIONS)
        .faults.map(({ message }) => message)
        .join('\n');
    expect(messages({ 'zz/orders_events_v1.odcs.yaml': other })).toMatch(/is the database of the domain/);
    const twin = edited(
      ORDERS,
      ['version: 2.0.0', 'version: 2.0.1'],
      [
        'slaProperties:\n',
        'slaProperties:\n  - { property: retention, value: 36500, unit: d, element: orders }\n',
      ],
    );
    expect(messages({ [ORDERS]: twin })).toMatch(/retention is there twice/);
    const open = edited('policies/row-access.yaml', [
      'policies:\n',
      'policies:\n  open: { description: All., arguments: { region: VARCHAR }, condition: "{region} is not null" }\n',
    ]);
    expect(rulesOf(gate(base, changed({ 'policies/row-access.yaml': open }), OPTIONS))).toEqual(['APPROVAL']);
  });

  it('is not fooled by a contract that moves, or by one that cannot be read', () => {
    const moved = changed({
      [ORDERS]: undefined,
      'brook_commerce/purchases.odcs.yaml': SLOWER.replace('name: orders', 'name: purchases'),
    });
    expect(gate(base, moved, OPTIONS).findings.map(({ rule }) => rule)).toEqual(
      expect.arrayContaining(['CONSUMER_IDENTITY_CHANGED', 'SLO_WEAKENED']),
    );
    expect(gate(base, changed({ [ORDERS]: 'a: [' }), OPTIONS).passes).toBe(false);
    expect(gate(base, changed({ [ORDERS]: SLOWER.replace('2.0.0', '2.0.0-rc1') }), OPTIONS).passes).toBe(
      false,
    );
  });
});
