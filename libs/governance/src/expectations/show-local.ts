import { governedTables, type AccessBook, type GovernedTable, type OdcsDocument } from '@das/contracts';
import type { DuckDBConnection } from '@duckdb/node-api';
import { compilePolicies } from '../compile/compile-policies';
import { seeEverything } from '../compile/masking-policies';
import { inEnvironment, type DomainPolicies } from '../compile/policy';
import { identifier } from '../compile/sql-text';
import { securedSelect } from '../local/secured-view';
import type { Shown } from './compare';
import { rowsOf, type Environment, type MappingRows, type TableExpectations } from './expectation-file';
import { CLASS_COLUMN, fill, rowsShown } from './literal-table';

const ENVIRONMENTS: readonly Environment[] = ['production', 'development'];

/** What the secured views of the local target show of the rows that the expectations name. */
export async function showLocal(
  documents: readonly OdcsDocument[],
  access: AccessBook,
  expected: readonly TableExpectations[],
): Promise<readonly Shown[]> {
  const tables = governedTables(documents).filter(({ tier }) => tier === 'GOLD');
  const domains = compilePolicies(documents, access);
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(':memory:');
  const db = await instance.connect();
  try {
    await db.run("SET TimeZone = 'UTC'");
    await db.run('CREATE MACRO current_account() AS (NULL::VARCHAR)');
    const [[me]] = (await db.runAndReadAll('SELECT current_user()')).getRows() as [[string]];
    const shown: Shown[] = [];
    for (const { table: name, rows, mapping } of expected) {
      const table = tables.find((other) => other.name === name.toUpperCase());
      const domain = domains.find((other) => other.domain === table?.domain);
      if (table === undefined || domain === undefined) continue;
      await fill(db, table, rows);
      const kept = withRows(domain, rowsOf(mapping, me));
      shown.push(...(await showTable(db, table, kept, access)));
    }
    return shown;
  } finally {
    db.closeSync();
    instance.closeSync();
  }
}

function withRows(domain: DomainPolicies, kept: MappingRows): DomainPolicies {
  const mappings = domain.mappings.map((table) => ({ ...table, rows: kept[table.name] ?? table.rows }));
  return { ...domain, mappings };
}

async function showTable(
  db: DuckDBConnection,
  table: GovernedTable,
  domain: DomainPolicies,
  access: AccessBook,
): Promise<readonly Shown[]> {
  const base = identifier(table.name);
  const clear = await rowsShown(db, table, `SELECT * FROM ${base}`);
  const readers = table.isInternal ? [] : table.readers;
  const shown: Shown[] = [];
  for (const role of Object.keys(access.roles)) {
    await db.run(`CREATE OR REPLACE MACRO is_role_in_session(name) AS (name = '${role}')`);
    for (const environment of ENVIRONMENTS) {
      const inGroups = table.aggregation !== undefined;
      const mayRead = (readers.includes(role) && !inGroups) || seeEverything(access).includes(role);
      const carried = { ...table, columns: [...table.columns, { ...CLASS_COLUMN }] };
      const select = inEnvironment(securedSelect(carried, domain), environment).replace('{{ base }}', base);
      const rows = mayRead ? await rowsShown(db, table, select) : undefined;
      shown.push({ table: table.name.toLowerCase(), environment, role, rows, clear });
    }
  }
  return shown;
}
