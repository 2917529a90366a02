import { declaredShares, type AccessBook, type DeclaredShare, type OdcsDocument } from '@das/contracts';
import type { DuckDBConnection } from '@duckdb/node-api';
import { compilePolicies } from '../compile/compile-policies';
import { inEnvironment, type DomainPolicies } from '../compile/policy';
import { duckLiteral, identifier } from '../compile/sql-text';
import { securedSelect } from '../local/secured-view';
import { sharedSelect, TODAY } from '../shares/shared-view';
import type { Shown } from './compare';
import type { Environment, TableExpectations } from './expectation-file';
import { CLASS_COLUMN, fill, ROW_CLASS, rowsShown } from './literal-table';

const ENVIRONMENTS: readonly Environment[] = ['production', 'development'];

/** Everybody of whom something is expected, and whoever has a share. */
export function accountsAsked(
  shares: readonly DeclaredShare[],
  { cells }: Pick<TableExpectations, 'cells'>,
): readonly string[] {
  const holders = shares.flatMap(({ account }) => (account === undefined ? [] : [account]));
  return [...new Set([...cells.map(({ role }) => role), ...holders])];
}

/**
 * What accounts outside see of the rows that the expectations name, by the policies that DuckDB knows: as on Snowflake, no role of ours
 * is in their sessions, and CURRENT_ACCOUNT is theirs.
 * @param today - `YYYY-MM-DD`, in UTC; unless said, the last day of each share
 */
export async function showShares(
  documents: readonly OdcsDocument[],
  access: AccessBook,
  expected: readonly TableExpectations[],
  today?: string,
): Promise<readonly Shown[]> {
  const shares = declaredShares(documents);
  const domains = compilePolicies(documents, access);
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(':memory:');
  const db = await instance.connect();
  try {
    await db.run("SET TimeZone = 'UTC'");
    await db.run('CREATE MACRO is_role_in_session(name) AS (NULL::BOOLEAN)');
    const shown: Shown[] = [];
    for (const one of expected) {
      const share = shares.find(({ name }) => name === one.table.toUpperCase());
      const domain = domains.find((other) => other.domain === share?.domain);
      if (share === undefined || domain === undefined) continue;
      await fill(db, share.table, one.rows);
      for (const account of accountsAsked(shares, one))
        shown.push(...(await showAccount(db, share, domain, account, today ?? share.expires)));
    }
    return shown;
  } finally {
    db.closeSync();
    instance.closeSync();
  }
}

async function showAccount(
  db: DuckDBConnection,
  share: DeclaredShare,
  domain: DomainPolicies,
  account: string,
  today: string,
): Promise<readonly Shown[]> {
  await db.run(`CREATE OR REPLACE MACRO current_account() AS (${duckLiteral(account)})`);
  const base = identifier(share.table.name);
  const columns = share.table.columns.filter(({ name }) => share.columns.includes(name));
  const clear = await rowsShown(db, { columns }, `SELECT * FROM ${base}`);
  const carried = { ...share.table, columns: [...share.table.columns, { ...CLASS_COLUMN }] };
  const shown: Shown[] = [];
  for (const environment of ENVIRONMENTS) {
    const secured = inEnvironment(securedSelect(carried, domain), environment).replace('{{ base }}', base);
    const view = { ...share, columns: [...share.columns, ROW_CLASS] };
    const select = sharedSelect(view, `(${secured}) AS secured`, 'duckdb').replace(
      TODAY.duckdb,
      `${duckLiteral(today)}::DATE`,
    );
    // What is held to groups shows nobody a row.
    const mayRead = account === share.account && share.table.aggregation === undefined;
    const rows = mayRead ? await rowsShown(db, { columns }, select) : undefined;
    shown.push({ table: share.name.toLowerCase(), environment, role: account, rows, clear });
  }
  return shown;
}
