import { randomBytes } from 'node:crypto';
import { dirname } from 'node:path';
import { governedTables } from '@das/contracts';
import {
  loadAttachedSql,
  planOf,
  refusedAccount,
  showAttached,
  type AttachedWorld,
  type Left,
  type Shown,
  type TableExpectations,
} from '@das/governance';
import { Failure } from '@das/pipeline';
import type { CliContext } from '../context';
import { scratchDatabase, withAccount } from './account-session';

/** What an account showed, of which it is known that nothing was left there but what is told. */
export interface AttachedResult {
  readonly shown: readonly Shown[];
  /** With what is expected of tables that only this test makes. */
  readonly expected: readonly TableExpectations[];
  readonly left: readonly Left[];
}

/** @throws UsageError for a database that is not for tests; Failure for an account in production, and for whatever it refuses */
export async function testAttached(
  context: CliContext,
  world: Omit<AttachedWorld, 'sql'>,
  options: { readonly contracts: string; readonly database?: string },
): Promise<AttachedResult> {
  const tables = governedTables(world.documents);
  const database = scratchDatabase(
    options.database,
    tables.map((table) => table.database),
  );
  const sql = loadAttachedSql(dirname(options.contracts), [...new Set(tables.map(({ domain }) => domain))]);
  const { terminal, signal } = context;
  const again = `das policy clean-up --database ${database}`;
  const onAbort = (): void => {
    terminal.note(`interrupted: taking back what was made; whoever does not wait for that needs ${again}`);
  };
  return withAccount(context, async (session, tester) => {
    const refused = await refusedAccount(session, [...sql.policies.values()].flat());
    if (refused !== undefined)
      throw new Failure('setup', 'production_account', refused, {
        cure: 'test on an account to which sql/ was deployed with another profile than production',
      });
    const run = randomBytes(4).toString('hex').toUpperCase();
    const plan = planOf({ ...world, sql }, { database, run, user: tester.user });
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      let left: readonly Left[] = [];
      const shown = await showAttached(plan, {
        session,
        tester,
        database,
        signal,
        progress: (line) => {
          terminal.progress(line);
        },
        onLeft: (what) => {
          left = what;
          tellLeft(context, what, again);
        },
      });
      return { shown, expected: plan.expected, left };
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  });
}

/** Each statement that remains to be run, and why it could not be. */
export function tellLeft({ terminal }: CliContext, left: readonly Left[], again: string): void {
  terminal.alarm(`das: not everything could be taken back: run ${again}, or these statements`);
  for (const { statement, why } of left) terminal.alarm(`  ${statement};  -- ${why}`);
}
