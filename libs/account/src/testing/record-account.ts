import { shareName } from '@das/contracts';
import { tellReader, tellShare, tellView } from './tell-shares';
import { TABLES_OF_OPS } from './ops-tables';
import { tellAttached, tellProcedure, tellSetting, tellTask } from './tell-objects';
import { World } from './world';
import type { Profile } from '../declaration-schema';
import type { DeclaredAccount, Grantee } from '../account-model';
import { declaredFacts } from '../drift/declared-facts';
import { isOfColumn, type Fact, type FactOf } from '../drift/facts';
import type { FoundTable } from '../drift/found-tables';
import { questions } from '../drift/interview';
import { ASK_OBJECTS } from '../drift/object-questions';
import { ASK } from '../drift/questions';
import type { Snapshot, SnapshotRow } from '../drift/snapshot';

/**
 * What an account would answer that is as declared. By hand, after the columns that Snowflake's documentation lists: no
 * account was asked.
 */
export function recordAccount(account: DeclaredAccount, profile: Profile): Snapshot {
  const tables = tablesOf(account);
  const answers: Record<string, SnapshotRow[]> = Object.fromEntries(
    questions(account).map((question) => [question, []]),
  );
  const add = (statement: string, row: SnapshotRow): void => {
    (answers[statement] ??= []).push(row);
  };
  for (const { name, kind } of tables) {
    const [database = '', schema = '', table = ''] = name.split('.');
    add(ASK.tables(database), {
      TABLE_SCHEMA: schema,
      TABLE_NAME: table,
      TABLE_TYPE: kind === 'VIEW' ? 'VIEW' : 'BASE TABLE',
      IS_DYNAMIC: kind === 'DYNAMIC TABLE' ? 'YES' : 'NO',
    });
  }
  const world = new World(account, answers);
  for (const fact of declaredFacts(account, profile, tables)) record(fact, world);
  for (const role of ['ACCOUNTADMIN', 'SYSADMIN', 'PUBLIC', 'SOMEBODY_ELSES'])
    add(ASK.roles(), { name: role, comment: '', owner: '' });
  add(ASK.grantsOf('ROLE', 'ANALYST_COMMERCE'), holding('ANALYST_COMMERCE', { type: 'USER', name: 'JO' }));
  add(ASK.warehouses(), {
    name: 'SOMEBODY_ELSES_WH',
    size: '4X-Large',
    auto_suspend: 0,
    resource_monitor: 'null',
  });
  return { recordedAt: '2026-11-27T06:00:00Z', answers };
}

type Add = (statement: string, row: SnapshotRow) => void;

function tablesOf(account: DeclaredAccount): readonly FoundTable[] {
  return [
    ...account.streams.map(({ database, name }): FoundTable => ({
      name: `${database}.BRONZE.${name}`,
      kind: 'TABLE',
    })),
    ...account.tables.map(({ database, tier, name, isView }): FoundTable => ({
      name: `${database}.${tier}.${name}`,
      kind: isView ? 'VIEW' : tier === 'GOLD' ? 'DYNAMIC TABLE' : 'TABLE',
    })),
    ...account.databases.flatMap(({ name }) =>
      TABLES_OF_OPS.map((table): FoundTable => ({ name: `${name}.OPS.${table}`, kind: 'TABLE' })),
    ),
  ];
}

function record(fact: Fact, world: World): void {
  const { databases, account, add } = world;
  switch (fact.is) {
    case 'role':
      if (fact.type === 'ROLE') add(ASK.roles(), { name: fact.name, comment: '', owner: 'ACCOUNTADMIN' });
      else {
        const [database = '', name = ''] = fact.name.split('.');
        add(ASK.databaseRoles(database), { name, comment: '', owner: 'ACCOUNTADMIN' });
      }
      return;
    case 'held':
      if (!fact.role.startsWith('SNOWFLAKE.'))
        add(ASK.grantsOf(fact.type, fact.role), holding(fact.role, fact.to));
      if (fact.to.type !== 'USER') add(ASK.grantsTo(fact.to.type, fact.to.name), having(fact));
      return;
    case 'privilege':
      recordPrivilege(fact, databases, account, add);
      return;
    case 'future':
      add(ASK.futureGrants(fact.schema), {
        privilege: fact.privilege,
        grant_on: fact.on.replaceAll(' ', '_'),
        name: `${fact.schema}.<${fact.on}>`,
        grant_to: fact.to.type.replaceAll(' ', '_'),
        grantee_name: fact.to.name,
        grant_option: 'false',
      });
      return;
    case 'warehouse':
      add(ASK.warehouses(), {
        name: fact.name,
        size: SIZES[fact.size] ?? fact.size,
        auto_suspend: fact.autoSuspendSeconds,
        resource_monitor: fact.monitor,
      });
      return;
    case 'policy':
      add(ASK.policies(fact.kind, databases), policyRow(fact));
      return;
    case 'protection':
      add(ASK.references(databases), referenceRow(fact));
      return;
    case 'tag':
      add(ASK.tags(databases), tagRow(fact));
      return;
    case 'setting':
      tellSetting(world, fact);
      return;
    case 'attached':
      tellAttached(world, fact);
      return;
    case 'procedure':
      tellProcedure(world, fact);
      return;
    case 'task':
      tellTask(world, fact, 'started');
      return;
    case 'mapping':
      add(
        ASK_OBJECTS.mapping(fact.table, fact.columns),
        Object.fromEntries([
          ...fact.columns.map((column, at) => [column, fact.row[at] ?? ''] as const),
          ['ADDED_BY', fact.by] as const,
        ]),
      );
      return;
    case 'tag mask':
      add(ASK.references(databases), tagMaskRow(fact.tag, fact.policy));
      return;
    case 'share':
      tellShare(world, { name: fact.name, database_name: fact.database, to: fact.accounts.join(', ') });
      return;
    case 'shared view':
      tellView(world, fact.name, fact.secure, fact.statement);
      return;
    case 'reader':
      tellReader(world, fact.name, fact.account);
      return;
    case 'credential':
      throw new Error('nobody declares a credential');
  }
}

const SIZES: Readonly<Record<string, string>> = {
  XSMALL: 'X-Small',
  SMALL: 'Small',
  MEDIUM: 'Medium',
  LARGE: 'Large',
};

/** SHOW GRANTS OF. */
export function holding(role: string, { type, name }: Grantee): SnapshotRow {
  return { role: role.split('.').at(-1) ?? '', granted_to: type.replaceAll(' ', '_'), grantee_name: name };
}

/** SHOW GRANTS TO, of a role. */
export function having({ type, role, to }: FactOf<'held'>): SnapshotRow {
  return privilegeRow('USAGE', type, role, to);
}

function privilegeRow(privilege: string, on: string, name: string, to: Grantee): SnapshotRow {
  return {
    privilege,
    granted_on: on.replaceAll(' ', '_'),
    name,
    granted_to: to.type.replaceAll(' ', '_'),
    grantee_name: to.name.split('.').at(-1) ?? '',
    grant_option: 'false',
  };
}

/** Told where one asks what a role has, and, of a role of the account, by the view of all grants, too. */
export function recordPrivilege(
  { privilege, on, object, to }: FactOf<'privilege'>,
  databases: readonly string[],
  account: DeclaredAccount,
  add: Add,
): void {
  const known = [...account.roles, ...account.databaseRoles].map(({ name }) => name);
  const isKnown = [...known, ...account.shares.map(shareName)].includes(to.name);
  if (isKnown) add(ASK.grantsTo(to.type, to.name), privilegeRow(privilege, on, toldName(on, object), to));
  if (to.type !== 'ROLE' || on === 'ACCOUNT') return;
  const parts = object.split('.');
  add(
    ASK.objectGrants(
      databases,
      account.warehouses.map(({ name }) => name),
    ),
    {
      PRIVILEGE: privilege,
      GRANTED_ON: on.replaceAll(' ', '_'),
      NAME: on === 'PROCEDURE' ? toldProcedure(parts.at(-1) ?? '') : (parts.at(-1) ?? ''),
      TABLE_CATALOG: on === 'DATABASE' || on === 'WAREHOUSE' ? null : (parts[0] ?? null),
      TABLE_SCHEMA: parts.length > 2 ? (parts[1] ?? null) : null,
      GRANTED_TO: 'ROLE',
      GRANTEE_NAME: to.name,
    },
  );
}

function toldName(on: string, object: string): string {
  if (on === 'ACCOUNT') return 'BROOK';
  if (on !== 'PROCEDURE') return object;
  const parts = object.split('.');
  return `${parts.slice(0, -1).join('.')}."${toldProcedure(parts.at(-1) ?? '')}"`;
}

/** `NAME(VARCHAR, VARCHAR)` is told with the names of its arguments. */
function toldProcedure(signature: string): string {
  const [, name = '', types = ''] = /^(\w+)\((.*)\)$/.exec(signature) ?? [];
  const args = types === '' ? [] : types.split(', ').map((type, index) => `A${index} ${type}`);
  return `${name}(${args.join(', ')}):VARCHAR(16777216)`;
}

export function policyRow({ name, signature, returns, body }: FactOf<'policy'>): SnapshotRow {
  const [catalog = '', schema = '', policy = ''] = name.split('.');
  return {
    POLICY_CATALOG: catalog,
    POLICY_SCHEMA: schema,
    POLICY_NAME: policy,
    POLICY_SIGNATURE: signature.replaceAll('"', ''),
    POLICY_RETURN_TYPE: returns,
    POLICY_BODY: body,
  };
}

export function referenceRow({ kind, table, on, columns, policy }: FactOf<'protection'>): SnapshotRow {
  const [policyDb = '', policySchema = '', policyName = ''] = policy.split('.');
  const [database = '', schema = '', name = ''] = table.split('.');
  const isMask = isOfColumn(kind);
  return {
    POLICY_DB: policyDb,
    POLICY_SCHEMA: policySchema,
    POLICY_NAME: policyName,
    POLICY_KIND: kind.replaceAll(' ', '_').replace('_POLICY', '_POLICY'),
    REF_DATABASE_NAME: database,
    REF_SCHEMA_NAME: schema,
    REF_ENTITY_NAME: name,
    REF_ENTITY_DOMAIN: on.replaceAll(' ', '_'),
    REF_COLUMN_NAME: isMask ? (columns[0] ?? null) : null,
    REF_ARG_COLUMN_NAMES:
      kind !== 'ROW ACCESS POLICY' ? null : `[ ${columns.map((column) => `"${column}"`).join(', ')} ]`,
    TAG_DATABASE: null,
    TAG_SCHEMA: null,
    TAG_NAME: null,
  };
}

/** As POLICY_REFERENCES tells of a tag. */
export function tagMaskRow(tag: string, policy: string): SnapshotRow {
  const [policyDb = '', policySchema = '', policyName = ''] = policy.split('.');
  const [tagDb = '', tagSchema = '', tagName = ''] = tag.split('.');
  return {
    POLICY_DB: policyDb,
    POLICY_SCHEMA: policySchema,
    POLICY_NAME: policyName,
    POLICY_KIND: 'MASKING_POLICY',
    REF_DATABASE_NAME: tagDb,
    REF_SCHEMA_NAME: tagSchema,
    REF_ENTITY_NAME: tagName,
    REF_ENTITY_DOMAIN: 'TAG',
    REF_COLUMN_NAME: null,
    REF_ARG_COLUMN_NAMES: null,
    TAG_DATABASE: tagDb,
    TAG_SCHEMA: tagSchema,
    TAG_NAME: tagName,
  };
}

export function tagRow({ on, object, column, tag, value }: FactOf<'tag'>): SnapshotRow {
  const [tagDb = '', tagSchema = '', tagName = ''] = tag.split('.');
  const parts = object.split('.');
  return {
    TAG_DATABASE: tagDb,
    TAG_SCHEMA: tagSchema,
    TAG_NAME: tagName,
    TAG_VALUE: value,
    OBJECT_DATABASE: parts.length > 1 ? (parts[0] ?? null) : null,
    OBJECT_SCHEMA: parts.length > 2 ? (parts[1] ?? null) : null,
    OBJECT_NAME: parts.at(-1) ?? '',
    DOMAIN: column !== undefined ? 'COLUMN' : on === 'SCHEMA' || on === 'WAREHOUSE' ? on : 'TABLE',
    COLUMN_NAME: column ?? null,
  };
}
