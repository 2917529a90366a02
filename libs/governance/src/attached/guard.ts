import { PRODUCTION } from '../compile/policy';
import type { SqlSession } from './sql-session';

/** Databases that no domain has, and nobody's scratch either. */
const NOT_OURS = ['SNOWFLAKE', 'SNOWFLAKE_SAMPLE_DATA', 'DAS_ADMIN'];

/** Why nothing may be made in a database; undefined where it may. @param databases - of the domains */
export function refusedDatabase(name: string, databases: readonly string[]): string | undefined {
  if (databases.includes(name))
    return `${name} is the database of a domain, where its tables and policies are: name one that is for tests`;
  if (NOT_OURS.includes(name)) return `${name} is not for tests: name a database that is`;
  return undefined;
}

/**
 * Why roles may not be taken on an account; undefined where they may. Whoever runs the test gets every role, and in production
 * that would show them what those roles see. The deployed policies themselves say where they are.
 * @param policies - rendered statements that create masking policies
 */
export async function refusedAccount(
  session: SqlSession,
  policies: readonly string[],
): Promise<string | undefined> {
  const names = policies.flatMap((sql) => {
    const [, name] = /^CREATE MASKING POLICY IF NOT EXISTS ("\w+"\."\w+"\."\w+") /.exec(sql) ?? [];
    return name !== undefined && sql.includes("'{{ environment }}'") ? [name] : [];
  });
  let isDeployed = false;
  for (const name of names) {
    const body = await bodyOf(session, name);
    if (body === undefined) continue;
    isDeployed = true;
    if (body.includes(`'${PRODUCTION}' = '${PRODUCTION}'`))
      return `${name.replaceAll('"', '')} says that this account is in production: taking its roles would show personal data`;
  }
  return isDeployed
    ? undefined
    : 'no policy of contracts/ can be described on this account, so nobody knows whether it is in production';
}

async function bodyOf(session: SqlSession, policy: string): Promise<string | undefined> {
  try {
    const { columns, rows } = await session.run(`DESCRIBE MASKING POLICY ${policy}`);
    return rows[0]?.[columns.indexOf('body')] ?? undefined;
  } catch {
    return undefined;
  }
}
