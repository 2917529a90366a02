import {
  governedTables,
  readersOf,
  toStreamContract,
  type AccessBook,
  type GovernedTable,
  type OdcsDocument,
  type Tier,
} from '@das/contracts';
import type { AccountDeclaration } from './declaration';
import { declaredPolicies, type PolicyBook } from './declared-policies';
import { refresherGrants } from './refresher-grants';
import { appendGrants } from './append-grants';

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
  /** Dotted, unquoted; of a procedure with its types; empty for the account. */
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
  /** What protects columns and rows, as its own SQL has it. */
  readonly policies: PolicyBook;
  readonly tables: readonly GovernedTable[];
  readonly streams: readonly StreamTable[];
  readonly emergency: Emergency;
}

/** A stream's table of BRONZE. */
export interface StreamTable {
  readonly database: string;
  readonly name: string;
  readonly stream: string;
  readonly classification: string;
}

/** The role that is held for hours. */
export interface Emergency {
  readonly role: string;
  readonly hours: number;
  readonly givenBy: string;
  /** Where its audit and its procedures are. */
  readonly schema: string;
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
  const policies = declaredPolicies(documents, access);
  const streams = streamTables(documents);
  const refreshers = Object.keys(access.roles).filter((role) => access.roles[role]?.sees === 'everything');
  const emergency = emergencyOf(access, declaration, databases[0]?.name ?? '');
  return {
    policies,
    tables,
    streams,
    emergency,
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
      ...appendGrants(streams, access),
      ...refreshers.flatMap((role) => [
        ...databases.flatMap(({ name }) => refresherGrants(role, name, policies)),
        ...['EXECUTE TASK', 'EXECUTE MANAGED TASK'].map((privilege) => ({
          privilege,
          on: 'ACCOUNT',
          object: '',
          to: accountRole(role),
        })),
      ]),
      {
        privilege: 'USAGE',
        on: 'PROCEDURE',
        object: `${emergency.schema}.GIVE_BREAK_GLASS(VARCHAR, VARCHAR)`,
        to: accountRole(emergency.givenBy),
      },
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

function streamTables(documents: readonly OdcsDocument[]): readonly StreamTable[] {
  return documents.filter(isStream).map((document) => {
    const { table, stream, classification } = toStreamContract(document);
    return { database: table.database, name: table.name, stream, classification };
  });
}

function isStream({ customProperties }: OdcsDocument): boolean {
  return customProperties.some(({ property }) => property === 'das.collector');
}

function emergencyOf({ roles }: AccessBook, { breakGlass }: AccountDeclaration, database: string): Emergency {
  const [role] = Object.entries(roles).find(([, { kind }]) => kind === 'emergency') ?? [];
  const lasts = role === undefined ? undefined : roles[role]?.lasts;
  const hours = Number(/^PT(\d+)H$/.exec(lasts ?? '')?.[1] ?? 0);
  if (role === undefined || hours === 0)
    throw new Error('roles.yaml has no emergency role that lasts whole hours, such as PT4H');
  return { role, hours, givenBy: breakGlass.givenBy, schema: `${database}.OPS` };
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
