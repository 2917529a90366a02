import type { Command } from 'commander';
import type { CliContext } from '../context';
import { addReasons } from './dlq-reasons';

/** `das dlq`: records that were refused. */
export function dlqCommands(das: Command, context: CliContext): void {
  const dlq = das.command('dlq').description('Dead letters: what was refused, and what becomes of it.');
  for (const add of [addReasons]) add(dlq, context);
}
