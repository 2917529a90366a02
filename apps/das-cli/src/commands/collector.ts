import type { Command } from 'commander';
import type { CliContext } from '../context';
import { addCollectorAdopt } from './collector-adopt';
import { addCollectorCheck } from './collector-check';
import { addCollectorFork } from './collector-fork';
import { addCollectorNew } from './collector-new';
import { addCollectorUpgrade } from './collector-upgrade';

/** `das collector`: what every collector is made from, and is kept up to date with. */
export function collectorCommands(das: Command, context: CliContext): void {
  const collector = das
    .command('collector')
    .description('Collectors: makes them from the template, and keeps them up to date with it.');
  addCollectorNew(collector, context);
  addCollectorCheck(collector, context);
  addCollectorUpgrade(collector, context);
  addCollectorAdopt(collector, context);
  addCollectorFork(collector, context);
}
