import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readGrants } from './read-grants';
import { appliedStatements, readPolicies } from './read-policies';
import { readTable, type RenderedTable } from './read-tables';
import type { Rendered } from './show-rendered';
import { statementsOf } from './statements';

/**
 * What would be on Snowflake: the SQL of the account, then what dbt deploys.
 * @param root - the repository
 */
export function loadRendered(root: string): Rendered {
  const files = readdirSync(join(root, 'dbt/rendered'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => readFileSync(join(root, 'dbt/rendered', name), 'utf8'));
  return renderedOf(appliedStatements(join(root, 'sql')), files);
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
