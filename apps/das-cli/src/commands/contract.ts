import type { Command } from 'commander';
import type { CliContext } from '../context';
import { addChangelog } from './contract-changelog';
import { addCheck } from './contract-check';
import { addDiff } from './contract-diff';
import { addGraph } from './contract-graph';
import { addImport } from './contract-import';
import { addLint } from './contract-lint';
import { addSample } from './contract-sample';
import { addShow } from './contract-show';

/** `das contract`: what is promised, and whether it still is. */
export function contractCommands(das: Command, context: CliContext): void {
  const contract = das
    .command('contract')
    .description('Contracts: checks them, compares them, and guards what they promise.');
  addImport(contract, context);
  addShow(contract, context);
  addSample(contract, context);
  addGraph(contract, context);
  addLint(contract, context);
  addDiff(contract, context);
  addChangelog(contract, context);
  addCheck(contract, context);
}
