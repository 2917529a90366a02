import type { Command } from 'commander';
import type { CliContext } from '../context';
import { addCollectorNew } from './collector-new';

/** `das collector`: what every collector is made from, and is kept up to date with. */
export function collectorCommands(das: Command, context: CliContext): void {
  const collector = das.command('collector').description('Collectors: makes them from the template.');
  addCollectorNew(collector, context);
}
