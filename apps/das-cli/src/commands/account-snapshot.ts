import type { Command } from 'commander';
import { readDeclared } from '../account/declared';
import { recordSnapshot } from '../account/record-snapshot';
import type { CliContext } from '../context';

const EXAMPLES = `
Asks what roles, grants, warehouses, policies, procedures, tasks, programs and tags there are (SHOW, DESCRIBE,
INFORMATION_SCHEMA, ACCOUNT_USAGE), and of rows those alone that say which role sees which region, and who has the emergency
role. The role needs what docs/account.md says. Names of roles, users and objects are in the answers: keep them as you would
an audit.

Examples:
  das account snapshot > account.json
  das account drift --snapshot account.json
`;

export function addSnapshot(account: Command, context: CliContext): void {
  account
    .command('snapshot')
    .description('Records, as JSON, what das account drift compares.')
    .option('--contracts <dir>', 'the folder of the contracts', 'contracts')
    .addHelpText('after', EXAMPLES)
    .action(async ({ contracts }: { readonly contracts: string }) => {
      const snapshot = await recordSnapshot(readDeclared(contracts), context);
      context.terminal.print(`${JSON.stringify(snapshot, null, 1)}\n`);
    });
}
