import {
  governedTables,
  readersOf,
  type AccessBook,
  type GovernedTable,
  type OdcsDocument,
  type Tier,
} from '@das/contracts';
import type { AccountDeclaration } from './declaration';

/** A role of the account, or a database role as `DB.ROLE`. */
export interface Grantee {
  readonly type: 'ROLE' | 'DATABASE ROLE' | 'USER';
  readonly name: string;
}

/** One privilege on one object, or on all of a kind in a schema, those to come included. */
export interface ObjectGrant {
  readonly privilege: string;
  /** Such as `SCHEMA`, `TABLE`, `WAREHOUSE`; of `all`, the plural. */
  readonly on: string;
  /** Dotted, unquoted. */
  readonly object: string;
  /** Every object of the kind in the schema `object`. */
  readonly all?: boolean;
  readonly to: Grantee;
}

/** A role that is held by another one, or by a user. */
export interface RoleGrant {
  readonly role: Grantee;
  readonly to: Grantee;
}

export interface Warehouse {
  readonly name: string;
  readonly database: string;
  readonly domain: string;
  readonly declared: AccountDeclaration['warehouses'][string];
}

/** The account, as everything that is declared makes it. */
export interface DeclaredAccount {
  readonly databases: readonly { readonly domain: string; readonly name: string }[];
  readonly roles: readonly { readonly name: string; readonly description: string }[];
  readonly databaseRoles: readonly { readonly name: string; readonly description: string }[];
  readonly roleGrants: readonly RoleGrant[];
  readonly objectGrants: readonly ObjectGrant[];
  readonly warehouses: readonly Warehouse[];
  readonly services: AccountDeclaration['services'];
}

export const SCHEMAS: readonly Tier[] = ['BRONZE', 'SILVER', 'GOLD', 'OPS'];

export function declareAccount(
  documents: readonly OdcsDocument[],
  access: AccessBook,
  declaration: AccountDeclaration,
): DeclaredAccount {
  const tables = governedTables(documents);
  const databases = [...new Map(tables.map(({ domain, database }) => [domain, database]))].map(
    ([domain, name]) => ({
      domain,
      name,
    }),
  );
  const warehouses = databases.flatMap(({ domain, name: database }) =>
    Object.entries(declaration.warehouses).map(([name, declared]) => ({
      name: `${database}_${name}`,
      database,
      domain,
      declared,
    })),
  );
  return {
    databases,
    roles: Object.entries(access.roles).map(([name, { description }]) => ({ name, description })),
    databaseRoles: databases.flatMap(({ domain, name }) => databaseRoles(name, productsOf(tables, domain))),
    roleGrants: [
      ...databases.flatMap(({ domain, name }) => accessGrants(domain, name, access, tables)),
      ...Object.entries(access.roles).flatMap(([role, { account }]) =>
        account.map((view) => ({ role: databaseRole(`SNOWFLAKE.${view}`), to: accountRole(role) })),
      ),
      ...Object.entries(declaration.services).map(([user, { role }]) => ({
        role: accountRole(role),
        to: { type: 'USER' as const, name: user },
      })),
    ],
    objectGrants: [
      ...databases.flatMap(({ name }) => tierGrants(name)),
      ...databases.flatMap(({ domain, name }) =>
        productGrants(
          name,
          tables.filter((table) => table.domain === domain),
        ),
      ),
      ...collectorGrants(documents, access),
      ...mappingGrants(
        databases.map(({ name }) => name),
        access,
      ),
      ...warehouses.flatMap((warehouse) => warehouseGrants(warehouse, documents)),
    ],
    warehouses,
    services: declaration.services,
  };
}

/** The database role that reads a product's tables. */
export function productRole(product: string): string {
  return `GOLD_READ_${product.toUpperCase()}`;
}

function productsOf(tables: readonly GovernedTable[], domain: string): readonly string[] {
  return [
    ...new Set(
      tables
        .filter((table) => table.domain === domain && table.tier === 'GOLD')
        .map(({ contract }) => contract),
    ),
  ];
}

function databaseRoles(database: string, products: readonly string[]): DeclaredAccount['databaseRoles'] {
  return [
    ...SCHEMAS.map((tier) => ({ name: `${database}.${tier}_READ`, description: `Reads all of ${tier}.` })),
    ...products.map((product) => ({
      name: `${database}.${productRole(product)}`,
      description: `Reads the tables of the product ${product}.`,
    })),
  ];
}

/** Which role holds which access role: tiers by roles.yaml, products by their contracts. */
function accessGrants(
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

function tierGrants(database: string): readonly ObjectGrant[] {
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
function productGrants(database: string, tables: readonly GovernedTable[]): readonly ObjectGrant[] {
  const products = new Set(tables.filter(({ tier }) => tier === 'GOLD').map(({ contract }) => contract));
  return [...products].flatMap((product) => {
    const to = databaseRole(`${database}.${productRole(product)}`);
    return [
      { privilege: 'USAGE', on: 'DATABASE', object: database, to },
      { privilege: 'USAGE', on: 'SCHEMA', object: `${database}.GOLD`, to },
    ];
  });
}

/** A collector appends to its own table and to no other, and reads nothing: tokens tell it where it was. */
function collectorGrants(documents: readonly OdcsDocument[], { roles }: AccessBook): readonly ObjectGrant[] {
  return Object.entries(roles).flatMap(([role, { collects }]) => {
    const document = documents.find(({ name }) => name === collects);
    const server = document?.servers.find(({ type }) => type === 'snowflake');
    const table = document?.schema[0]?.physicalName;
    if (server?.database === undefined || table === undefined) return [];
    const to = accountRole(role);
    const object = `${server.database}.BRONZE.${table}`;
    return [
      { privilege: 'USAGE', on: 'DATABASE', object: server.database, to },
      { privilege: 'USAGE', on: 'SCHEMA', object: `${server.database}.BRONZE`, to },
      { privilege: 'INSERT', on: 'TABLE', object, to },
    ];
  });
}

function mappingGrants(databases: readonly string[], { roles }: AccessBook): readonly ObjectGrant[] {
  return Object.entries(roles).flatMap(([role, { writes }]) =>
    databases.flatMap((database) =>
      writes.flatMap((table) => [
        { privilege: 'USAGE', on: 'DATABASE', object: database, to: accountRole(role) },
        { privilege: 'USAGE', on: 'SCHEMA', object: `${database}.OPS`, to: accountRole(role) },
        ...['SELECT', 'INSERT', 'UPDATE', 'DELETE'].map((privilege) => ({
          privilege,
          on: 'TABLE',
          object: `${database}.OPS.${table}`,
          to: accountRole(role),
        })),
      ]),
    ),
  );
}

function warehouseGrants(
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

export function accountRole(name: string): Grantee {
  return { type: 'ROLE', name };
}

export function databaseRole(name: string): Grantee {
  return { type: 'DATABASE ROLE', name };
}
