import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LINEAGE_FILE, readLineage, type TracedTable } from '../lineage/traced-table';
import { readGrants } from './read-grants';
import { appliedStatements, readPolicies } from './read-policies';
import { readShares, type RenderedShares } from './read-shares';
import { readTable, type RenderedTable } from './read-tables';
import type { Rendered } from './show-rendered';
import { statementsOf } from './statements';

/**
 * SQL that is sent to Snowflake: the account's statements in their order, then dbt's files, one a table; and what was told from
 * these about their columns.
 */
export interface RenderedSql {
  readonly account: readonly string[];
  readonly files: readonly string[];
  /** The last of all: what other accounts read needs the tables that dbt makes. */
  readonly shares: readonly string[];
  readonly lineage: readonly TracedTable[];
}

/** @param root - the repository */
export function readRenderedSql(root: string): RenderedSql {
  const folder = join(root, 'dbt/rendered');
  return {
    account: appliedStatements(join(root, 'sql'), (file) => !isOfShares(file)),
    files: textsOf(folder, '.sql'),
    shares: appliedStatements(join(root, 'sql'), isOfShares),
    lineage: loadLineage(folder),
  };
}

function isOfShares(file: string): boolean {
  return /^shares[\\/]/.test(file);
}

/** What was told of columns. @param folder - `dbt/rendered` @throws Error where it is not there, or is something else */
export function loadLineage(folder: string): readonly TracedTable[] {
  return textsOf(folder, LINEAGE_FILE).map(readLineage);
}

function textsOf(folder: string, end: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(end))
    .sort()
    .map((name) => readFileSync(join(folder, name), 'utf8'));
}

/** What would be on Snowflake. @param root - the repository */
export function loadRendered(root: string): Rendered & { readonly shares: RenderedShares } {
  const { account, files, shares } = readRenderedSql(root);
  return { ...renderedOf(account, files), shares: readShares(shares) };
}

/** @param account - statements in the order in which they are applied; @param files - of dbt/rendered, one a table */
export function renderedOf(account: readonly string[], files: readonly string[]): Rendered {
  const tables = files.map(readTable).map((table): readonly [string, RenderedTable] => [table.name, table]);
  return {
    policies: readPolicies(account),
    tables: new Map(tables),
    grants: readGrants([...account, ...files.flatMap(statementsOf)]),
  };
}
