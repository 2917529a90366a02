import { findForks } from '@das/scaffold';
import type { Command } from 'commander';
import type { CliContext } from '../context';
import { FindingsError } from '../findings-error';
import { drafted } from '../scaffold/draft-of';

const EXAMPLES = `
A collector that was made by das collector new says in .template.json what the template said then. Behind is what the
template says otherwise now, whatever was changed in the collector. Undecided is where an upgrade has left two versions.
Exit code 1 where one is behind, or undecided.

Examples:
  das collector check
  das collector check --json | jq -r '.behind[].collector'
`;

interface CheckOptions {
  readonly root: string;
  readonly json?: boolean;
}

export function addCollectorCheck(collector: Command, { terminal }: CliContext): void {
  collector
    .command('check')
    .description('Which collectors are behind the template that they were made from.')
    .option('--root <dir>', "the repository's root", '.')
    .option('--json', '{current, behind and undecided: [{collector, files}], strangers}, and nothing else')
    .addHelpText('after', EXAMPLES)
    .action(({ root, json }: CheckOptions) => {
      const { forks, strangers } = drafted(root, findForks).made;
      const behind = forks
        .filter((fork) => fork.behind.length > 0)
        .map((fork) => ({ collector: fork.app, files: fork.behind }));
      const undecided = forks
        .filter((fork) => fork.undecided.length > 0)
        .map((fork) => ({ collector: fork.app, files: fork.undecided }));
      const current = forks
        .filter((fork) => fork.behind.length + fork.undecided.length === 0)
        .map(({ app }) => app);
      if (json === true)
        terminal.print(`${JSON.stringify({ current, behind, undecided, strangers }, null, 2)}\n`);
      else
        terminal.print(
          [
            ...current.map((app) => `current   ${app}`),
            ...behind.map(({ collector: app, files }) => `behind    ${app}: ${files.join(', ')}`),
            ...undecided.map(({ collector: app, files }) => `undecided ${app}: ${files.join(', ')}`),
            ...strangers.map(
              (app) => `own       ${app}: das collector adopt ${app} lets it be kept up to date`,
            ),
            '',
          ].join('\n'),
        );
      if (undecided.length > 0)
        throw new FindingsError('decide between the versions at <<<<<<< in the files that are undecided');
      if (behind.length > 0) throw new FindingsError('das collector upgrade brings them up to date');
    });
}
