import { governedTables, type AccessBook, type GovernedTable, type OdcsDocument } from '@das/contracts';
import { inEnvironment } from '../compile/policy';
import { identifier, qualified } from '../compile/sql-text';
import type { Environment, TableExpectations } from '../expectations/expectation-file';
import { mayRead, type Grants } from '../rendered/read-grants';
import { inScratch, scratchSchema, type Scratch } from './scratch';
import { asText, renderedFiles, scratchTable, type ScratchTable } from './scratch-tables';
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
  readonly reads: readonly Read[];
  /** With what is expected besides: that nobody sees what nobody classified. */
  readonly expected: readonly TableExpectations[];
}

/** One table in one environment. */
export interface Read {
  readonly environment: Environment;
  readonly table: string;
  /** Upper case; an answer has the class of the row before them. */
  readonly columns: readonly string[];
  readonly select: string;
  /** The same rows without any policy. */
  readonly clear: string;
}

/** The schemas of a domain that policies, tags and tables stand in. */
const SCHEMAS = ['OPS', 'BRONZE', 'SILVER', 'GOLD'];

interface Domain {
  readonly domain: string;
  readonly database: string;
}

interface TableOfRun {
  readonly table: ScratchTable;
  readonly readers: readonly string[];
}

/** @throws Error where something was not rendered that is expected */
export function planOf(
  world: AttachedWorld,
  place: { readonly database: string; readonly run: string },
): Plan {
  const cells = world.expected.flatMap((table) => table.cells);
  const roles = Object.keys(world.access.roles).filter((role) => cells.some((cell) => cell.role === role));
  const environments = [...new Set(cells.map(({ environment }) => environment))];
  const governed = tablesOf(world);
  const domains = [...new Map(governed.map((one) => [one.domain, domainOf(one)])).values()];
  const probes = domains.map((domain) =>
    unclassifiedProbe(
      domain,
      world.sql.policies.get(domain.domain) ?? [],
      { roles, environments },
      world.access,
    ),
  );
  const files = renderedFiles(world.sql.files);
  const tables: readonly TableOfRun[] = [
    ...governed.map((table) => ({
      table: scratchTable(table, rowsOf(world, table), files),
      readers: roles.filter((role) => mayRead(world.sql.grants, role, fullName(table))),
    })),
    ...probes.map(({ table }) => ({ table, readers: roles })),
  ];
  const scratches = environments.map((environment): Scratch => ({ ...place, environment }));
  const databases = domains.map(({ database }) => database);
  const perScratch = scratches.map((scratch) => {
    const put = (sql: string): string =>
      inEnvironment(inScratch(sql, scratch, databases), scratch.environment);
    return {
      schemas: databases.flatMap((database) =>
        SCHEMAS.map((schema) => scratchSchema(scratch, database, schema)),
      ),
      steps: [
        ...domains.map(({ domain }) => {
          const statements = world.sql.policies.get(domain) ?? [];
          return { what: `${scratch.environment}: policies of ${domain}`, statements: statements.map(put) };
        }),
        {
          what: `${scratch.environment}: tables and grants`,
          statements: [
            ...databases.flatMap((database) => roles.map((role) => put(usage(database, role)))),
            ...tables.flatMap(made).map(put),
          ],
        },
      ],
      reads: tables.map(({ table }): Read => ({
        environment: scratch.environment,
        table: table.table,
        columns: table.columns,
        select: put(`SELECT ${['"ROW_CLASS"', ...table.columns.map(asText)].join(', ')} FROM ${table.name}`),
        clear: table.clear,
      })),
    };
  });
  return {
    roles,
    schemas: perScratch.flatMap(({ schemas }) => schemas),
    steps: perScratch.flatMap(({ steps }) => steps),
    reads: perScratch.flatMap(({ reads }) => reads),
    expected: [...world.expected, ...probes.map(({ expected }) => expected)],
  };
}

/** Those of GOLD that something is expected of. */
function tablesOf({ documents, expected }: AttachedWorld): readonly GovernedTable[] {
  const names = expected.filter(({ cells }) => cells.length > 0).map(({ table }) => table.toUpperCase());
  return governedTables(documents).filter(({ tier, name }) => tier === 'GOLD' && names.includes(name));
}

function rowsOf({ expected }: AttachedWorld, { name }: GovernedTable): TableExpectations['rows'] {
  return expected.find(({ table }) => table.toUpperCase() === name)?.rows ?? new Map<string, never>();
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
