import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { loadAccess, loadContracts } from '@das/contracts';
import * as fc from 'fast-check';
import { loadAccount } from '../declaration';
import { declareAccount } from '../declared-account';
import { applyStatement } from '../testing/apply-statement';
import { recordAccount } from '../testing/record-account';
import { drift, mendingStatements, type DriftFinding } from './compare';
import { declaredFacts } from './declared-facts';
import { keyOf, type Fact, type Grantee } from './facts';
import { foundTables } from './found-tables';
import { create, remove } from './mend';
import { ASK } from './questions';
import type { Snapshot, SnapshotRow } from './snapshot';

const ROOT = join(__dirname, '../../../..');
const folder = join(ROOT, 'contracts');
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.odcs.yaml'),
);
const account = declareAccount(
  loadContracts(files.sort().map((name) => join(folder, name))),
  loadAccess(folder),
  loadAccount(folder),
);
const databases = account.databases.map(({ name }) => name);
const asDeclared = recordAccount(account, 'production');
const facts = declaredFacts(account, 'production', foundTables(account, asDeclared));

const role = (name: string): Grantee => ({ type: 'ROLE', name });
const user = (name: string): Grantee => ({ type: 'USER', name });
const ops = (name: string): string => `BROOK_COMMERCE.OPS.${name}`;
const ORDERS = 'BROOK_COMMERCE.GOLD.ORDERS';

/** What somebody did to an account, and what of it is told. */
interface Drift {
  readonly what: string;
  readonly done: (snapshot: Snapshot) => Snapshot;
  readonly severity: DriftFinding['severity'];
}

const ran =
  (statement: string) =>
  (snapshot: Snapshot): Snapshot =>
    applyStatement(account, snapshot, statement);

function rows(asked: string, change: (row: SnapshotRow) => SnapshotRow | undefined) {
  return (snapshot: Snapshot): Snapshot => ({
    ...snapshot,
    answers: {
      ...snapshot.answers,
      [asked]: (snapshot.answers[asked] ?? []).flatMap((row): readonly SnapshotRow[] => {
        const changed = change(row);
        return changed === undefined ? [] : [changed];
      }),
    },
  });
}

const extra = (fact: Fact, severity: Drift['severity']): Drift => ({
  what: `extra ${keyOf(fact)}`,
  done: ran(create(fact).statement),
  severity,
});
const held = (name: string, to: Grantee, type: 'ROLE' | 'DATABASE ROLE' = 'ROLE'): Fact => ({
  is: 'held',
  type,
  role: name,
  to,
});
const may = (privilege: string, on: string, object: string, to: Grantee): Fact => ({
  is: 'privilege',
  privilege,
  on,
  object,
  to,
});

const EXTRAS: readonly Drift[] = [
  extra(held('TRANSFORMER', user('JO')), 'critical'),
  extra(held('DATA_API', user('JO')), 'critical'),
  extra(held('BREAK_GLASS', user('JO')), 'critical'),
  extra(held('COLLECTOR_ORDERS_EVENTS_V1', user('JO')), 'critical'),
  extra(held('TRANSFORMER', role('SYSADMIN')), 'critical'),
  extra(held('ANALYST_PHI', role('SYSADMIN')), 'critical'),
  extra(held('ANALYST_PHI', role('PUBLIC')), 'critical'),
  extra(held('ANALYST_PHI', role('ANALYST_COMMERCE')), 'high'),
  extra(held('ANALYST_PHI', user('API_SERVICE')), 'high'),
  extra(held('BROOK_COMMERCE.BRONZE_READ', role('ANALYST_COMMERCE'), 'DATABASE ROLE'), 'high'),
  extra(held('BROOK_COMMERCE.GOLD_READ_ORDERS', role('SOMEBODY_ELSES'), 'DATABASE ROLE'), 'high'),
  extra(may('SELECT', 'DYNAMIC TABLE', ORDERS, role('ANALYST_COMMERCE')), 'high'),
  extra(may('SELECT', 'DYNAMIC TABLE', ORDERS, role('SOMEBODY_ELSES')), 'high'),
  extra(may('SELECT', 'DYNAMIC TABLE', ORDERS, role('PUBLIC')), 'critical'),
  extra(may('USAGE', 'DATABASE', 'BROOK_COMMERCE', role('PUBLIC')), 'critical'),
  extra(may('OPERATE', 'WAREHOUSE', 'BROOK_COMMERCE_SERVE_WH', role('SOMEBODY_ELSES')), 'high'),
  extra(may('MANAGE GRANTS', 'ACCOUNT', '', role('DATA_API')), 'high'),
  extra(may('APPLY MASKING POLICY', 'ACCOUNT', '', role('DOMAIN_STEWARD_COMMERCE')), 'high'),
  extra(may('SELECT', 'TABLE', 'ELSEWHERE.S.T', role('ANALYST_COMMERCE')), 'high'),
  extra(may('USAGE', 'PROCEDURE', ops('GIVE_BREAK_GLASS(VARCHAR, VARCHAR)'), role('ANALYST_PHI')), 'high'),
  extra(
    {
      is: 'future',
      privilege: 'SELECT',
      on: 'TABLE',
      schema: 'BROOK_COMMERCE.GOLD',
      to: role('ANALYST_EMEA'),
    },
    'high',
  ),
  extra(
    { is: 'future', privilege: 'SELECT', on: 'TABLE', schema: 'BROOK_COMMERCE.GOLD', to: role('PUBLIC') },
    'critical',
  ),
  extra({ is: 'role', type: 'DATABASE ROLE', name: 'BROOK_COMMERCE.BY_HAND' }, 'medium'),
  extra(
    {
      is: 'tag',
      on: 'DYNAMIC TABLE',
      object: ORDERS,
      column: 'CUSTOMER_EMAIL',
      tag: ops('PROTECTED_BY'),
      value: 'ingest',
    },
    'high',
  ),
  extra(
    {
      is: 'protection',
      kind: 'MASKING POLICY',
      table: ORDERS,
      on: 'DYNAMIC TABLE',
      columns: ['STATE'],
      policy: ops('MASK_NAME'),
    },
    'medium',
  ),
  extra(
    { is: 'tag', on: 'DYNAMIC TABLE', object: ORDERS, tag: ops('CLASSIFICATION'), value: 'internal' },
    'high',
  ),
  {
    what: 'a table of ours that somebody else owns',
    done: ran(create(may('OWNERSHIP', 'DYNAMIC TABLE', ORDERS, role('SOMEBODY_ELSES'))).statement),
    severity: 'high',
  },
];

const changed = (fact: Fact, severity: Drift['severity'], statement: string): Drift => ({
  what: `changed ${keyOf(fact)}`,
  done: ran(statement),
  severity,
});

const CHANGES: readonly Drift[] = facts.flatMap((fact): readonly Drift[] => {
  switch (fact.is) {
    case 'warehouse':
      return [
        changed(fact, 'low', `ALTER WAREHOUSE "${fact.name}" SET WAREHOUSE_SIZE = 'XLARGE'`),
        changed(fact, 'low', `ALTER WAREHOUSE "${fact.name}" SET AUTO_SUSPEND = 3600`),
        changed(fact, 'high', `ALTER WAREHOUSE "${fact.name}" SET RESOURCE_MONITOR = "OTHER"`),
      ];
    case 'policy':
      return [
        {
          what: `changed ${keyOf(fact)}`,
          done: ran(
            create({ ...fact, body: 'true' })
              .statement.replace('CREATE', 'CREATE OR REPLACE')
              .replace(' IF NOT EXISTS', ''),
          ),
          severity: 'critical',
        },
      ];
    case 'protection':
      return fact.kind === 'MASKING POLICY'
        ? [changed(fact, 'critical', `${create({ ...fact, policy: ops('MASK_OTHER') }).statement} FORCE`)]
        : [];
    case 'tag':
      return fact.column === undefined || fact.tag.endsWith('PHI_KIND')
        ? [
            changed(
              fact,
              /\.(CLASSIFICATION|PHI_KIND)$/.test(fact.tag) ? 'high' : 'low',
              create({ ...fact, value: 'other' }).statement,
            ),
          ]
        : [];
    default:
      return [];
  }
});

const MISSING_SEVERITY: Readonly<Record<string, Drift['severity']>> = {
  role: 'high',
  held: 'high',
  privilege: 'medium',
  future: 'medium',
  warehouse: 'high',
  policy: 'critical',
  protection: 'critical',
  tag: 'medium',
};

const MISSING: readonly Drift[] = facts.flatMap((fact): readonly Drift[] => {
  const severity = MISSING_SEVERITY[fact.is] ?? 'low';
  const what = `missing ${keyOf(fact)}`;
  const without = (asked: string, name: string, key = 'name'): Drift => ({
    what,
    done: rows(asked, (row) => (row[key] === name ? undefined : row)),
    severity,
  });
  if (fact.is === 'role')
    return [
      fact.type === 'ROLE'
        ? without(ASK.roles(), fact.name)
        : without(ASK.databaseRoles(fact.name.split('.')[0] ?? ''), fact.name.split('.')[1] ?? ''),
    ];
  if (fact.is === 'warehouse') return [without(ASK.warehouses(), fact.name)];
  if (fact.is === 'policy') {
    const view = fact.kind === 'MASKING POLICY' ? 'MASKING_POLICIES' : 'ROW_ACCESS_POLICIES';
    const isIt = (row: SnapshotRow): boolean =>
      `${row.POLICY_CATALOG}.${row.POLICY_SCHEMA}.${row.POLICY_NAME}` === fact.name;
    return [
      { what, done: rows(ASK.policies(view, databases), (row) => (isIt(row) ? undefined : row)), severity },
    ];
  }
  // What a database of Snowflake's own gave is told by the role that has it alone.
  return [{ what, done: ran(remove(fact).statement), severity }];
});

const SINGLE = [...EXTRAS, ...CHANGES, ...MISSING];

function mended(snapshot: Snapshot, findings: readonly DriftFinding[], destructive: boolean): Snapshot {
  return mendingStatements(findings, { destructive }).reduce(
    (state, statement) => applyStatement(account, state, statement),
    snapshot,
  );
}

describe('an account as it is declared', () => {
  it('has no drift, in either profile', () => {
    expect(drift(account, 'production', asDeclared)).toEqual([]);
    expect(drift(account, 'development', recordAccount(account, 'development'))).toEqual([]);
  });

  it('differs from that of the other profile, where profiles do', () => {
    const kinds = drift(account, 'development', asDeclared).map(({ kind }) => kind);
    expect(new Set(kinds)).toEqual(new Set(['warehouse', 'policy']));
  });

  it('is not asked for what dbt has not made yet', () => {
    const [database = ''] = databases;
    const before = rows(ASK.tables(database), ({ TABLE_SCHEMA, ...row }) =>
      TABLE_SCHEMA === 'GOLD' ? undefined : { TABLE_SCHEMA: TABLE_SCHEMA ?? null, ...row },
    );
    const missing = drift(account, 'production', before(asDeclared)).filter(({ found }) => found === null);
    expect(missing).toEqual([]);
  });

  it('does not mind an emergency role that was given and written down', () => {
    const given = ran(create(held('BREAK_GLASS', user('JO'))).statement)(asDeclared);
    const asked = ASK.breakGlass(account.emergency.schema);
    const written = { ...given, answers: { ...given.answers, [asked]: [{ HOLDER: 'JO' }] } };
    expect(drift(account, 'production', given)).toHaveLength(1);
    expect(drift(account, 'production', written)).toEqual([]);
  });
});

describe('a single drift', () => {
  it('is looked at in hundreds of ways', () => {
    expect(SINGLE.length).toBeGreaterThan(300);
    expect(EXTRAS.length).toBeGreaterThan(25);
    expect(CHANGES.length).toBeGreaterThan(50);
  });

  it.each(EXTRAS.map((each) => [each.what, each] as const))(
    '%s takes the flag to be mended',
    (_, { done, severity }) => {
      const snapshot = done(asDeclared);
      const findings = drift(account, 'production', snapshot);
      expect(findings.map(({ severity: told }) => told)).toEqual([severity]);
      expect(findings[0]).toMatchObject({ declared: null, destructive: true });
      expect(mended(snapshot, findings, false)).toEqual(snapshot);
      expect(drift(account, 'production', mended(snapshot, findings, true))).toEqual([]);
    },
  );

  it('that is changed or missing is one finding of its severity, and is mended', () => {
    for (const { what, done, severity } of [...CHANGES, ...MISSING]) {
      const snapshot = done(asDeclared);
      const findings = drift(account, 'production', snapshot);
      expect([what, findings.map(({ severity: told }) => told)]).toEqual([what, [severity]]);
      expect(drift(account, 'production', mended(snapshot, findings, true))).toEqual([]);
    }
  });

  it('tells a body that differs in white space alone from one that says something else', () => {
    const asked = ASK.policies('MASKING_POLICIES', databases);
    const spaced = rows(asked, (row) => ({
      ...row,
      POLICY_BODY: String(row.POLICY_BODY).replaceAll('\n', '\n  '),
    }));
    const shouted = rows(asked, (row) => ({
      ...row,
      POLICY_BODY: String(row.POLICY_BODY).replace("'TRANSFORMER'", "'transformer'"),
    }));
    expect(drift(account, 'production', spaced(asDeclared))).toEqual([]);
    expect(drift(account, 'production', shouted(asDeclared)).length).toBeGreaterThan(10);
  });

  it('of a policy with other arguments is not mended by altering it', () => {
    const asked = ASK.policies('MASKING_POLICIES', databases);
    const other = rows(asked, (row) =>
      row.POLICY_NAME === 'MASK_EMAIL' ? { ...row, POLICY_SIGNATURE: '(VALUE NUMBER)' } : row,
    );
    const [finding] = drift(account, 'production', other(asDeclared));
    expect(finding).toMatchObject({ severity: 'critical', destructive: true });
    expect(finding?.statement).toMatch(/^CREATE OR REPLACE MASKING POLICY/);
  });
});

describe('many drifts at once', () => {
  it('are found in one order, and mended, in any combination', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 0, max: SINGLE.length - 1 }), { minLength: 2, maxLength: 25 }),
        (picks) => {
          const snapshot = picks.reduce((state, pick) => SINGLE[pick]?.done(state) ?? state, asDeclared);
          const findings = drift(account, 'production', snapshot);
          expect(findings.length).toBeGreaterThan(0);
          expect(drift(account, 'production', shuffled(snapshot))).toEqual(findings);
          expect(drift(account, 'production', mended(snapshot, findings, true))).toEqual([]);
        },
      ),
      { numRuns: 200, seed: 29 },
    );
  });
});

/** An account promises no order of what it answers. */
function shuffled(snapshot: Snapshot): Snapshot {
  const turned = Object.entries(snapshot.answers).map(([asked, answered]) => [
    asked,
    [...answered].reverse(),
  ]);
  return { ...snapshot, answers: Object.fromEntries(turned) as Snapshot['answers'] };
}
