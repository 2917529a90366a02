import type { Command } from 'commander';
import type { CliContext } from '../context';
import { addDrift } from './account-drift';
import { addSnapshot } from './account-snapshot';

/** `das account`: the Snowflake account, as it is declared and as it is. */
export function accountCommands(das: Command, context: CliContext): void {
  const account = das
    .command('account')
    .description('The Snowflake account: whether it is what contracts/ declares.');
  addDrift(account, context);
  addSnapshot(account, context);
}
