import { chosenForks, findForks, upgradeFork, type UpgradedFile } from '@das/scaffold';
import type { Command } from 'commander';
import type { CliContext } from '../context';
import { FindingsError } from '../findings-error';
import { drafted, writeDraft } from '../scaffold/draft-of';

const EXAMPLES = `
Merges three ways, by git merge-file: what the template said when the collector was made or last upgraded, what it says now,
and what the collector's files say. What was changed in the collector stays. Where both changed the same lines both stand
in the file, between <<<<<<< yours and >>>>>>> template, and the exit code is 1: decide, and run the tests.

Examples:
  das collector upgrade --dry-run
  das collector upgrade shipments-events-collector
  das collector upgrade --json
`;

interface UpgradeOptions {
  readonly root: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

export function addCollectorUpgrade(collector: Command, { terminal }: CliContext): void {
  collector
    .command('upgrade')
    .description('Brings collectors up to date with the template, and keeps what was changed in them.')
    .argument('[collectors...]', 'these alone; otherwise all that are behind')
    .option('--root <dir>', "the repository's root", '.')
    .option('--dry-run', 'tell what would become of each file, and write none')
    .option('--json', '{files: [{path, outcome}]}, and nothing else')
    .addHelpText('after', EXAMPLES)
    .action((names: readonly string[], { root, dryRun, json }: UpgradeOptions) => {
      const { draft, made: files } = drafted(root, (one) =>
        chosenForks(findForks(one), names).flatMap((fork): readonly UpgradedFile[] => upgradeFork(one, fork)),
      );
      if (dryRun !== true) writeDraft(draft);
      if (json === true) terminal.print(`${JSON.stringify({ files }, null, 2)}\n`);
      else if (files.length === 0) terminal.print('nothing is behind\n');
      else for (const { path, outcome } of files) terminal.print(`${outcome.padEnd(9)} ${path}\n`);
      const conflicts = files.filter(({ outcome }) => outcome === 'conflict');
      if (conflicts.length > 0)
        throw new FindingsError(`${conflicts.length} files have both versions: search them for <<<<<<<`);
    });
}
