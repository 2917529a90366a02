import { governedTables } from '@das/contracts';
import { leftBehind, takeBack } from '@das/governance';
import type { Command } from 'commander';
import type { CliContext } from '../context';
import { FindingsError } from '../findings-error';
import { scratchDatabase, withAccount } from '../policy/account-session';
import { readGoverned } from '../policy/read-governed';
import { tellLeft } from '../policy/test-attached';
import { UsageError } from '../usage-error';

const EXAMPLES = `
das policy test --target snowflake takes back what it made, also after Ctrl-C. One that was killed, or lost its account, cannot:
its schemas are still there, and what it had lent (roles, USAGE) stands in their comments. A run that goes on is cut off by this.

Exit codes: 0 nothing is left; 1 something could not be taken back.

Examples:
  das policy clean-up --database POLICY_TESTS
  das policy clean-up --database POLICY_TESTS --yes --json
`;

interface CleanUpOptions {
  readonly contracts: string;
  readonly database?: string;
  readonly yes?: boolean;
  readonly json?: boolean;
}

export function addCleanUp(policy: Command, context: CliContext): void {
  policy
    .command('clean-up')
    .description('Takes back what runs of das policy test left on an account when they were killed.')
    .option('--contracts <dir>', 'the folder of contracts', 'contracts')
    .option('--database <name>', 'where they made their schemas')
    .option('--yes', 'do not ask')
    .option('--json', '{taken, left}, and nothing else')
    .addHelpText('after', EXAMPLES)
    .action(async (options: CleanUpOptions) => {
      await cleanUp(options, context);
    });
}

async function cleanUp(options: CleanUpOptions, context: CliContext): Promise<void> {
  const { terminal, signal } = context;
  const { documents } = readGoverned(options.contracts, terminal);
  const database = scratchDatabase(
    options.database,
    governedTables(documents).map((table) => table.database),
  );
  await withAccount(context, async (session, { role }) => {
    const statements = await leftBehind(session, database);
    for (const statement of statements) terminal.note(`${statement};`);
    const wanted = statements.length > 0 && (options.yes === true || (await confirmed()));
    const left = wanted ? await takeBack(session, role, statements) : [];
    const taken = wanted ? statements.length - left.length : 0;
    terminal.print(
      options.json === true
        ? `${JSON.stringify({ taken, left }, null, 2)}\n`
        : statements.length === 0
          ? `nothing is left in ${database}\n`
          : `took back ${taken} of ${statements.length}\n`,
    );
    if (left.length === 0) return;
    tellLeft(context, left, 'it again');
    throw new FindingsError();
  });

  async function confirmed(): Promise<boolean> {
    if (!terminal.isInteractive) throw new UsageError('nobody is there to confirm: add --yes');
    return terminal.confirm('Run these statements?', signal);
  }
}
