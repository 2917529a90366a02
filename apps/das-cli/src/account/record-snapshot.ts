import { recordAnswers, type DeclaredAccount, type Snapshot, type SnapshotRow } from '@das/account';
import { openWarehouse } from '@das/warehouse';
import type { CliContext } from '../context';
import { UsageError } from '../usage-error';

/** Asks a live account everything that drift looks at. It changes nothing. @throws UsageError, Failure */
export async function recordSnapshot(account: DeclaredAccount, context: CliContext): Promise<Snapshot> {
  const { env, terminal, signal } = context;
  if (env.SNOWFLAKE_ACCOUNT_URL === undefined || env.DAS_LAKE !== undefined)
    throw new UsageError(
      'no Snowflake account is configured: set SNOWFLAKE_ACCOUNT_URL and the others (docs/account.md)',
    );
  const warehouse = await openWarehouse(env, { queryTag: 'das-account' });
  try {
    const answers = await recordAnswers(
      account,
      async (statement) => {
        const rows: SnapshotRow[] = [];
        for await (const row of warehouse.query(statement, [], { signal, mayShow: true })) rows.push(row);
        return rows;
      },
      (at, of) => {
        terminal.progress(`asking the account: ${at} of ${of}`);
      },
    );
    return { recordedAt: new Date().toISOString(), answers };
  } finally {
    await warehouse.close();
  }
}
