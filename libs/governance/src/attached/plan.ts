import { governedTables, type AccessBook, type GovernedTable, type OdcsDocument } from '@das/contracts';
import { inEnvironment } from '../compile/policy';
import { identifier, qualified } from '../compile/sql-text';
import { rowsOf, type TableExpectations } from '../expectations/expectation-file';
import { mayRead, type Grants } from '../rendered/read-grants';
import { readGroups, type ReadGroup, type TableToRead } from './read-groups';
import { inScratch, scratchSchema, type Scratch } from './scratch';
import { renderedFiles, scratchTable } from './scratch-tables';
import { unclassifiedProbe } from './unclassified-probe';

/** What is to be shown, to whom, and what was rendered for Snowflake. */
export interface AttachedWorld {
  readonly documents: readonly OdcsDocument[];
  readonly access: AccessBook;
  /** Roles and environments of whose cells there are none are not asked. */
  readonly expected: readonly TableExpectations[];
  readonly sql: AttachedSql;
}

export interface AttachedSql {
  /** Statements of sql/policies, by domain, in their order. */
  readonly policies: ReadonlyMap<string, readonly string[]>;
  /** Of dbt/rendered. */
  readonly files: readonly string[];
  readonly grants: Grants;
}

/** Everything that a run does to an account, but for what it lends. */
export interface Plan {
  readonly roles: readonly string[];
  /** In the order in which they are made. */
  readonly schemas: readonly string[];
  readonly steps: readonly { readonly what: string; readonly statements: readonly string[] }[];
  readonly groups: readonly ReadGroup[];
  /** With what is expected besides: that nobody sees what nobody classified. */
  readonly expected: readonly TableExpectations[];
}

/** The schemas of a domain that policies, tags and tables stand in. */
const SCHEMAS = ['OPS', 'BRONZE', 'SILVER', 'GOLD'];

interface Domain {
  readonly domain: string;
  readonly database: string;
}

interface TableOfRun extends TableToRead {
  readonly readers: readonly string[];
}

/**
 * @param place.user - who will run it: expectations may name the one who asks
 * @throws Error where something was not rendered that is expected
 */
export function planOf(
  world: AttachedWorld,
  place: { readonly database: string; readonly run: string; readonly user: string },
): Plan {
  const cells = world.expected.flatMap((table) => table.cells);
  const roles = Object.keys(world.access.roles).filter((role) => cells.some((cell) => cell.role === role));
  const environments = [...new Set(cells.map(({ environment }) => environment))];
  const governed = tablesOf(world);
  const domains = [...new Map(governed.map((one) => [one.domain, domainOf(one)])).values()];
  const databases = domains.map(({ database }) => database);
  const probes = domains.map((domain) => ({
    ...unclassifiedProbe(domain, policiesOf(world, domain), { roles, environments }, world.access),
    ...domain,
  }));
  const files = renderedFiles(world.sql.files);
  const tables: readonly TableOfRun[] = [
    ...governed.map((table) => {
      const { rows, mapping } = expectedOf(world, table);
      return {
        table: scratchTable(table, rows, files),
        database: table.database,
        mapping: rowsOf(mapping, place.user),
        readers: roles.filter((role) => mayRead(world.sql.grants, role, fullName(table))),
      };
    }),
    ...probes.map(({ table, database }) => ({ table, database, mapping: {}, readers: roles })),
  ];
  const scratches = environments.map((environment) => {
    const scratch: Scratch = { database: place.database, run: place.run, environment };
    const put = (sql: string): string => inEnvironment(inScratch(sql, scratch, databases), environment);
    return { scratch, environment, put };
  });
  return {
    roles,
    schemas: scratches.flatMap(({ scratch }) =>
      databases.flatMap((database) => SCHEMAS.map((schema) => scratchSchema(scratch, database, schema))),
    ),
    steps: scratches.flatMap(({ environment, put }) => [
      ...domains.map((domain) => ({
        what: `${environment}: policies of ${domain.domain}`,
        statements: policiesOf(world, domain).map(put),
      })),
      {
        what: `${environment}: tables and grants`,
        statements: [
          ...databases.flatMap((database) => roles.map((role) => usage(database, role))),
          ...tables.flatMap(made),
        ].map(put),
      },
    ]),
    groups: readGroups(tables, world.access, scratches),
    expected: [...world.expected, ...probes.map(({ expected }) => expected)],
  };
}

/** Those of GOLD that something is expected of. */
function tablesOf({ documents, expected }: AttachedWorld): readonly GovernedTable[] {
  const names = expected.filter(({ cells }) => cells.length > 0).map(({ table }) => table.toUpperCase());
  return governedTables(documents).filter(({ tier, name }) => tier === 'GOLD' && names.includes(name));
}

function expectedOf(
  { expected }: AttachedWorld,
  { name }: GovernedTable,
): Pick<TableExpectations, 'rows' | 'mapping'> {
  const found = expected.find(({ table }) => table.toUpperCase() === name);
  return found ?? { rows: new Map<string, never>(), mapping: {} };
}

function policiesOf({ sql }: AttachedWorld, { domain }: Domain): readonly string[] {
  return sql.policies.get(domain) ?? [];
}

function domainOf({ domain, database }: GovernedTable): Domain {
  return { domain, database };
}

function fullName({ database, tier, name }: GovernedTable): string {
  return `${database}.${tier}.${name}`;
}

/** Whoever is denied the table may come as far as its schema: it is the table that is denied. */
function usage(database: string, role: string): string {
  return `GRANT USAGE ON SCHEMA ${qualified(database, 'GOLD')} TO ROLE ${identifier(role)}`;
}

function made({ table, readers }: TableOfRun): readonly string[] {
  const grants = readers.map(
    (role) => `GRANT SELECT ON ${table.isView ? 'VIEW' : 'TABLE'} ${table.name} TO ROLE ${identifier(role)}`,
  );
  return [...table.statements, ...grants];
}
