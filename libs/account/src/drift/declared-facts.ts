import {
  bronzeClass,
  BRONZE_COLUMNS,
  BRONZE_MASKS,
  hidingPolicy,
  isPersonal,
  maskPolicyName,
  opsClass,
  OPS_TABLES,
  type Classification,
  type GovernedTable,
} from '@das/contracts';
import { inEnvironment } from '@das/governance';
import type { Profile } from '../declaration-schema';
import {
  databaseRole,
  productRole,
  type DeclaredAccount,
  type ObjectGrant,
  type StreamTable,
} from '../account-model';
import { monitorName } from '../monitor';
import { costTags } from '../sql/warehouses';
import { declaredObjects } from './declared-objects';
import { declaredShareFacts } from './declared-shares';
import type { Fact, FactOf } from './facts';
import type { FoundTable } from './found-tables';

/**
 * What is declared, of an account that has these tables: dbt makes most of them, and of one that is not there nothing can be
 * missing.
 */
export function declaredFacts(
  account: DeclaredAccount,
  profile: Profile,
  tables: readonly FoundTable[],
): readonly Fact[] {
  const there = new Map(tables.map((table) => [table.name, table]));
  return [
    ...account.roles.map(({ name }): Fact => ({ is: 'role', type: 'ROLE', name })),
    ...account.databaseRoles.map(({ name }): Fact => ({ is: 'role', type: 'DATABASE ROLE', name })),
    ...account.roleGrants.map(({ role, to }): Fact => ({
      is: 'held',
      type: role.type as 'ROLE' | 'DATABASE ROLE',
      role: role.name,
      to,
    })),
    ...account.objectGrants.flatMap((grant) => privileges(grant, tables)),
    ...account.tables.flatMap(readerFacts),
    ...account.warehouses.flatMap((warehouse) => warehouseFacts(warehouse, profile)),
    ...account.policies.policies.map((policy): Fact => ({
      ...policy,
      is: 'policy',
      body: inEnvironment(policy.body, profile),
    })),
    ...account.tables.flatMap(tableFacts),
    ...account.streams.flatMap(streamFacts),
    ...account.databases.flatMap(({ name }) => [...opsFacts(name), ...schemaFacts(name)]),
    ...declaredObjects(account, profile),
  ]
    .flatMap((fact) => ofWhatIsThere(fact, there))
    .concat(declaredShareFacts(account, tables));
}

/** Of a future grant also what it gave, since tables that were there before have it by a grant of their own. */
function privileges(
  { privilege, on, object, all, to }: ObjectGrant,
  tables: readonly FoundTable[],
): readonly Fact[] {
  if (all !== true) return [{ is: 'privilege', privilege, on, object, to }];
  const kind = on.replace(/S$/, '');
  return [
    { is: 'future', privilege, on: kind, schema: object, to },
    ...tables
      .filter((table) => table.kind === kind && table.name.startsWith(`${object}.`))
      .map(({ name }): Fact => ({ is: 'privilege', privilege, on: kind, object: name, to })),
  ];
}

function nameOf({ database, tier, name }: GovernedTable): string {
  return `${database}.${tier}.${name}`;
}

/** What dbt grants once a table is protected. */
function readerFacts(table: GovernedTable): readonly Fact[] {
  if (table.tier !== 'GOLD' || table.isInternal) return [];
  const to = databaseRole(`${table.database}.${productRole(table.contract)}`);
  return [{ is: 'privilege', privilege: 'SELECT', on: 'TABLE', object: nameOf(table), to }];
}

function warehouseFacts(warehouse: DeclaredAccount['warehouses'][number], profile: Profile): readonly Fact[] {
  const { name, declared } = warehouse;
  return [
    {
      is: 'warehouse',
      name,
      size: declared.size[profile],
      autoSuspendSeconds: declared.autoSuspendSeconds,
      monitor: monitorName(name),
    },
    ...Object.entries(costTags(warehouse)).map(([tag, value]): Fact => ({
      is: 'tag',
      on: 'WAREHOUSE',
      object: name,
      tag,
      value,
    })),
  ];
}

/** A view shows what its table shows: its columns have tags and no masks. */
function tableFacts(table: GovernedTable): readonly Fact[] {
  const object = nameOf(table);
  const named = (policy: string): string => `${table.database}.OPS.${policy.toUpperCase()}`;
  const tags = table.columns.flatMap(({ name, classification, kind, mask }) => {
    const personal = isPersonal({ classification }) && (table.isView || mask === undefined);
    return Object.entries({
      CLASSIFICATION: classification,
      ...(kind !== undefined && { PHI_KIND: kind }),
      ...(personal && { PROTECTED_BY: table.isView ? 'table' : 'ingest' }),
    }).map(([tag, value]): Fact => ({
      is: 'tag',
      on: 'TABLE',
      object,
      column: name,
      tag: named(tag),
      value,
    }));
  });
  if (table.isView) return tags;
  const masks = table.columns.flatMap(({ name, type, mask }) =>
    mask === undefined ? [] : [masked(object, name, named(`MASK_${maskPolicyName(mask.kind, type)}`))],
  );
  const constraints = table.columns.flatMap(({ name, projection }): readonly Fact[] =>
    projection === undefined
      ? []
      : [{ ...masked(object, name, named(`PROJECT_${projection}`)), kind: 'PROJECTION POLICY' }],
  );
  const rows: readonly Fact[] =
    table.rowAccess === undefined
      ? []
      : [
          {
            is: 'protection',
            kind: 'ROW ACCESS POLICY',
            table: object,
            on: 'TABLE',
            columns: table.rowAccess.columns,
            policy: named(`ROWS_BY_${table.rowAccess.policy}`),
          },
        ];
  const { aggregation } = table;
  const groups: readonly Fact[] =
    aggregation === undefined
      ? []
      : [
          {
            is: 'protection',
            kind: 'AGGREGATION POLICY',
            table: object,
            on: 'TABLE',
            columns: aggregation.entity,
            policy: named(`AGGREGATE_${aggregation.policy}`),
          },
        ];
  return [...tags, ...masks, ...constraints, ...rows, ...groups];
}

function streamFacts({ database, name, classification }: StreamTable): readonly Fact[] {
  return appendedFacts(database, `${database}.BRONZE.${name}`, classification, {
    columns: BRONZE_COLUMNS,
    masks: BRONZE_MASKS,
    classOf: (column) => bronzeClass(column, classification),
  });
}

function opsFacts(database: string): readonly Fact[] {
  return OPS_TABLES.flatMap((table) =>
    appendedFacts(database, `${database}.OPS.${table.name}`, opsClass(table), {
      ...table,
      classOf: (column) => opsClass(table, column),
    }),
  );
}

/** Of a table that services append to, in BRONZE and in OPS. */
function appendedFacts(
  database: string,
  object: string,
  value: Classification,
  {
    columns,
    masks,
    classOf,
  }: Pick<(typeof OPS_TABLES)[number], 'columns' | 'masks'> & {
    readonly classOf: (column: string) => Classification;
  },
): readonly Fact[] {
  const tag = `${database}.OPS.CLASSIFICATION`;
  return [
    { is: 'tag', on: 'TABLE', object, tag: `${database}.OPS.HIGHEST_CLASS`, value },
    ...columns.map(({ name: column }): Fact => ({
      is: 'tag',
      on: 'TABLE',
      object,
      column,
      tag,
      value: classOf(column),
    })),
    ...Object.entries(masks).map(([column, hidden]) =>
      masked(object, column, `${database}.OPS.${hidingPolicy(hidden)}`),
    ),
  ];
}

function masked(table: string, column: string, policy: string): FactOf<'protection'> {
  return { is: 'protection', kind: 'MASKING POLICY', table, on: 'TABLE', columns: [column], policy };
}

/** What nobody classified is denied. */
function schemaFacts(database: string): readonly Fact[] {
  return ['BRONZE', 'SILVER', 'GOLD'].map((schema) => ({
    is: 'tag',
    on: 'SCHEMA',
    object: `${database}.${schema}`,
    tag: `${database}.OPS.CLASSIFICATION`,
    value: 'unclassified',
  }));
}

/** A fact about a table, with the kind that the table has on the account; none where it is not there. */
function ofWhatIsThere(fact: Fact, there: ReadonlyMap<string, FoundTable>): readonly Fact[] {
  if (!('on' in fact) || !['TABLE', 'DYNAMIC TABLE', 'VIEW'].includes(fact.on) || fact.is === 'future')
    return [fact];
  const table = there.get(fact.is === 'protection' ? fact.table : fact.object);
  return table === undefined ? [] : [{ ...fact, on: table.kind }];
}
