import { keyOf, type Fact } from '../drift/facts';
import type { Grantee } from '../account-model';
import { create, remove } from '../drift/mend';
import { ASK } from '../drift/questions';
import type { SnapshotRow } from '../drift/snapshot';
import { changed, databases, extra, facts, ops, ran, role, rows, user, type Drift } from './drifting';

const ORDERS = 'BROOK_COMMERCE.GOLD.ORDERS';

/** A role that somebody holds. */
export const held = (name: string, to: Grantee, type: 'ROLE' | 'DATABASE ROLE' = 'ROLE'): Fact => ({
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

/** Grants, tags and masks that nobody declared. */
export const ACCESS_EXTRAS: readonly Drift[] = [
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
  extra(
    held('BROOK_COMMERCE.GOLD_READ_ORDERS', { type: 'SHARE', name: 'PARTNERS' }, 'DATABASE ROLE'),
    'critical',
  ),
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

/** What is declared of roles, grants and protection, otherwise. */
export const ACCESS_CHANGES: readonly Drift[] = facts.flatMap((fact): readonly Drift[] => {
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

const MISSING_SEVERITY: Readonly<Partial<Record<Fact['is'], Drift['severity']>>> = {
  role: 'high',
  held: 'high',
  privilege: 'medium',
  future: 'medium',
  warehouse: 'high',
  policy: 'critical',
  protection: 'critical',
  tag: 'medium',
};

/** What is declared of roles, grants and protection, gone. */
export const ACCESS_MISSING: readonly Drift[] = facts.flatMap((fact): readonly Drift[] => {
  const severity = MISSING_SEVERITY[fact.is];
  if (severity === undefined) return [];
  const what = `missing ${keyOf(fact)}`;
  const without = (asked: string, name: string): Drift => ({
    what,
    done: rows(asked, (row) => (row.name === name ? undefined : row)),
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
    // Every domain has one of the same name.
    const isGone = (row: SnapshotRow): boolean =>
      `${row.POLICY_CATALOG}.${row.POLICY_SCHEMA}.${row.POLICY_NAME}` === fact.name;
    const done = rows(ASK.policies(fact.kind, databases), (row) => (isGone(row) ? undefined : row));
    return [{ what, done, severity }];
  }
  // What a database of Snowflake's own gave is told by the role that has it alone.
  return [{ what, done: ran(remove(fact).statement), severity }];
});
