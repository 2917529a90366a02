import type { Command } from 'commander';
import type { CliContext } from '../context';
import { addCleanUp } from './policy-clean-up';
import { addCoverage } from './policy-coverage';
import { addExplain } from './policy-explain';
import { addTest } from './policy-test';

/** `das policy`: who sees what, and whether it is as expected. */
export function policyCommands(das: Command, context: CliContext): void {
  const policy = das
    .command('policy')
    .description('Policies: what each role sees, and whether that is what is expected.');
  addTest(policy, context);
  addCoverage(policy, context);
  addExplain(policy, context);
  addCleanUp(policy, context);
}
