import type { Command } from 'commander';
import type { CliContext } from '../context';
import { addDiscard } from './dlq-discard';
import { addList } from './dlq-list';
import { addReasons } from './dlq-reasons';
import { addReplay } from './dlq-replay';
import { addShow } from './dlq-show';

/** `das dlq`: records that were refused. */
export function dlqCommands(das: Command, context: CliContext): void {
  const dlq = das.command('dlq').description('Dead letters: what was refused, and what becomes of it.');
  for (const add of [addReasons, addList, addShow, addReplay, addDiscard]) add(dlq, context);
}
