import { findForks } from '@das/scaffold';
import type { Command } from 'commander';
import type { CliContext } from '../context';
import { FindingsError } from '../findings-error';
import { drafted } from '../scaffold/draft-of';

const EXAMPLES = `
A collector that was made by das collector new says in .template.json what the template said then. Behind is what the
template says otherwise now, whatever was changed in the collector. Exit code 1 where one is behind.

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
    .option('--json', '{current, behind: [{collector, files}], strangers}, and nothing else')
    .addHelpText('after', EXAMPLES)
    .action(({ root, json }: CheckOptions) => {
      const { forks, strangers } = drafted(root, findForks).made;
      const behind = forks
        .filter((fork) => fork.behind.length > 0)
        .map((fork) => ({ collector: fork.app, files: fork.behind }));
      const current = forks.filter((fork) => fork.behind.length === 0).map(({ app }) => app);
      if (json === true) terminal.print(`${JSON.stringify({ current, behind, strangers }, null, 2)}\n`);
      else
        terminal.print(
          [
            ...current.map((app) => `current   ${app}`),
            ...behind.map(({ collector: app, files }) => `behind    ${app}: ${files.join(', ')}`),
            ...strangers.map(
              (app) => `own       ${app}: das collector adopt ${app} lets it be kept up to date`,
            ),
            '',
          ].join('\n'),
        );
      if (behind.length > 0) throw new FindingsError('das collector upgrade brings them up to date');
    });
}
