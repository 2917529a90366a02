import { Failure } from '@das/pipeline';
import { refusedDatabase, whoTests, type SqlSession, type Tester } from '@das/governance';
import { openSession } from '@das/warehouse';
import type { CliContext } from '../context';
import { UsageError } from '../usage-error';

const SHOWN_OF_STATEMENT = 100;

/**
 * A session of the account that the environment names, in which schemas may be made and roles taken.
 * @throws Failure, with the statement that was refused
 */
export async function withAccount<T>(
  { env }: CliContext,
  use: (session: SqlSession, tester: Tester) => Promise<T>,
): Promise<T> {
  const opened = await openSession(env, { queryTag: 'das-policy-test' });
  const session: SqlSession = {
    run: async (sql, options) => {
      try {
        return await opened.run(sql, options);
      } catch (thrown) {
        throw naming(sql, thrown);
      }
    },
  };
  try {
    const tester = await whoTests(session);
    if (tester === undefined)
      throw new Failure('setup', 'warehouse_not_set', 'the session has no role, or no virtual warehouse', {
        cure: 'set DAS_READ_ROLE and DAS_READ_WAREHOUSE',
      });
    return await use(session, tester);
  } finally {
    await opened.close();
  }
}

/**
 * The name of a database as Snowflake has it, where scratch schemas may be made.
 * @param databases - of the domains
 * @throws UsageError
 */
export function scratchDatabase(given: string | undefined, databases: readonly string[]): string {
  if (given === undefined)
    throw new UsageError('where? --database NAME: one that is for tests, in which schemas can be made');
  if (!/^[A-Za-z_][\w$]*$/.test(given)) throw new UsageError(`--database ${given}: is no name of a database`);
  const name = given.toUpperCase();
  const refused = refusedDatabase(name, databases);
  if (refused !== undefined) throw new UsageError(`--database ${given}: ${refused}`);
  return name;
}

/** Statements are made of contracts and synthetic rows: they may be told. */
function naming(sql: string, thrown: unknown): unknown {
  if (!(thrown instanceof Failure) || thrown.code === 'interrupted') return thrown;
  const head = sql.slice(0, SHOWN_OF_STATEMENT).replaceAll(/\s+/g, ' ');
  return new Failure(
    thrown.kind,
    thrown.code,
    `${thrown.message}: ${head}${sql.length > head.length ? ' …' : ''}`,
    {
      cure:
        thrown.code === 'table_missing'
          ? 'the role needs what docs/policies.md says, and the account the roles of sql/'
          : (thrown.cure ?? 'docs/policies.md says what is done on the account'),
      cause: thrown,
    },
  );
}
