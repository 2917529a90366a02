import type { Command } from 'commander';
import type { CliContext } from '../context';
import { addReport } from './phi-report';

/** `das phi`: personal data in streams. */
export function phiCommands(das: Command, context: CliContext): void {
  const phi = das
    .command('phi')
    .description('Personal data: what of it lands, who sees it, and what was found.');
  addReport(phi, context);
}
