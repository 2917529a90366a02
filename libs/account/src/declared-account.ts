import {
  declaredShares,
  governedTables,
  toStreamContract,
  type AccessBook,
  type GovernedTable,
  type OdcsDocument,
} from '@das/contracts';
import { compilePolicies } from '@das/governance';
import type { AccountDeclaration } from './declaration-schema';
import { declaredPolicies } from './declared-policies';
import { refresherGrants } from './refresher-grants';
import { accessGrants, mappingGrants, productGrants, tierGrants, warehouseGrants } from './access-grants';
import {
  accountRole,
  databaseRole,
  productRole,
  SCHEMAS,
  type DeclaredAccount,
  type Emergency,
  type Mapping,
  type StreamTable,
} from './account-model';
import { appendGrants } from './append-grants';
import { monitorOf } from './monitor';
import { breakGlassRoutines } from './routines/break-glass';
import { declareExpiry } from './routines/expiry';
import { toldBy } from './routines/tell-security';
import { declareSignIn, serviceUsers } from './sign-in';
import { variablesByProfile } from './variables';

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
  const signIn = declareSignIn(declaration, emergency.schema);
  return {
    policies,
    tables,
    streams,
    refreshers,
    emergency,
    databases,
    settings: [
      ...warehouses.map(monitorOf),
      ...signIn.settings,
      ...serviceUsers(declaration),
      toldBy(emergency),
    ],
    attachments: signIn.attachments,
    mappings: mappingsOf(documents, access),
    shares: declaredShares(documents),
    expiry: databases.map(({ domain, name }) => declareExpiry(domain, name, documents, declaration)),
    breakGlass: breakGlassRoutines(emergency),
    variables: variablesByProfile(warehouses, declaration),
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
      ...mappingGrants(tables, access),
      ...warehouses.flatMap((warehouse) => warehouseGrants(warehouse, documents)),
    ],
    warehouses,
    services: declaration.services,
  };
}

function mappingsOf(documents: readonly OdcsDocument[], access: AccessBook): readonly Mapping[] {
  return compilePolicies(documents, access).flatMap(({ database, mappings }) =>
    mappings.flatMap(({ name, columns, rows, addedBy }) =>
      rows === undefined
        ? []
        : [{ table: `${database}.OPS.${name}`, columns: Object.keys(columns), rows, addedBy }],
    ),
  );
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
  return { role, hours, ...breakGlass, schema: `${database}.OPS` };
}
