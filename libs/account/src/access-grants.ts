import { readersOf, type AccessBook, type GovernedTable, type OdcsDocument } from '@das/contracts';
import {
  accountRole,
  databaseRole,
  productRole,
  SCHEMAS,
  type ObjectGrant,
  type RoleGrant,
  type Warehouse,
} from './account-model';

/** Which role holds which access role: tiers by roles.yaml, products by their contracts. */
export function accessGrants(
  domain: string,
  database: string,
  { roles }: AccessBook,
  tables: readonly GovernedTable[],
): readonly RoleGrant[] {
  const tiers = Object.entries(roles)
    .filter(([, { domains }]) => domains === undefined || domains.includes(domain))
    .flatMap(([role, { tiers }]) =>
      tiers.map((tier) => ({ role: databaseRole(`${database}.${tier}_READ`), to: accountRole(role) })),
    );
  const products = new Map(
    tables
      .filter((table) => table.domain === domain && table.tier === 'GOLD')
      .map(({ contract, readers }) => [contract, readers]),
  );
  return [
    ...tiers,
    ...[...products].flatMap(([product, readers]) =>
      readers.map((role) => ({
        role: databaseRole(`${database}.${productRole(product)}`),
        to: accountRole(role),
      })),
    ),
  ];
}

const KINDS_OF_TABLES = ['TABLES', 'DYNAMIC TABLES', 'VIEWS'];

export function tierGrants(database: string): readonly ObjectGrant[] {
  return SCHEMAS.flatMap((schema) => {
    const to = databaseRole(`${database}.${schema}_READ`);
    return [
      { privilege: 'USAGE', on: 'DATABASE', object: database, to },
      { privilege: 'USAGE', on: 'SCHEMA', object: `${database}.${schema}`, to },
      ...KINDS_OF_TABLES.map((on) => ({
        privilege: 'SELECT',
        on,
        object: `${database}.${schema}`,
        all: true,
        to,
      })),
    ];
  });
}

/** What a product's role may do; SELECT is given by dbt, once a table is there with everything that protects it. */
export function productGrants(database: string, tables: readonly GovernedTable[]): readonly ObjectGrant[] {
  const products = new Set(tables.filter(({ tier }) => tier === 'GOLD').map(({ contract }) => contract));
  return [...products].flatMap((product) => {
    const to = databaseRole(`${database}.${productRole(product)}`);
    return [
      { privilege: 'USAGE', on: 'DATABASE', object: database, to },
      { privilege: 'USAGE', on: 'SCHEMA', object: `${database}.GOLD`, to },
    ];
  });
}

export function mappingGrants(
  tables: readonly GovernedTable[],
  { roles, rowAccess }: AccessBook,
): readonly ObjectGrant[] {
  const databases = [...new Set(tables.map(({ database }) => database))];
  return Object.entries(roles).flatMap(([role, { writes }]) =>
    databases.flatMap((database) => {
      const policies = tables.flatMap((table) =>
        table.database === database && table.rowAccess ? [table.rowAccess.policy] : [],
      );
      const there = policies.flatMap((policy) => rowAccess.policies[policy]?.mapping ?? []);
      return writes
        .filter((table) => there.includes(table))
        .flatMap((table) => [
          { privilege: 'USAGE', on: 'DATABASE', object: database, to: accountRole(role) },
          { privilege: 'USAGE', on: 'SCHEMA', object: `${database}.OPS`, to: accountRole(role) },
          ...['SELECT', 'INSERT', 'UPDATE', 'DELETE'].map((privilege) => ({
            privilege,
            on: 'TABLE',
            object: `${database}.OPS.${table}`,
            to: accountRole(role),
          })),
        ]);
    }),
  );
}

export function warehouseGrants(
  { name, domain, declared }: Warehouse,
  documents: readonly OdcsDocument[],
): readonly ObjectGrant[] {
  const serves = name.endsWith('_SERVE_WH');
  const readers = serves ? documents.filter((document) => document.domain === domain).flatMap(readersOf) : [];
  return [...new Set([...declared.users, ...readers])].map((role) => ({
    privilege: 'USAGE',
    on: 'WAREHOUSE',
    object: name,
    to: accountRole(role),
  }));
}
