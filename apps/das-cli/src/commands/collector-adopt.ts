import { adoptCollector } from '@das/scaffold';
import type { Command } from 'commander';
import type { CliContext } from '../context';
import { drafted, writeDraft } from '../scaffold/draft-of';

const EXAMPLES = `
For a collector that was not made by das collector new, or has lost its .template.json. It begins with the template of today:
what it says otherwise is kept by every upgrade, and files of the template that it lacks are added.

Examples:
  das collector adopt orders-events-collector --dry-run
  das collector adopt orders-events-collector
`;

interface AdoptOptions {
  readonly root: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

export function addCollectorAdopt(collector: Command, { terminal }: CliContext): void {
  collector
    .command('adopt')
    .description('Lets a collector be kept up to date with the template from now on.')
    .argument('<collector>', 'such as orders-events-collector')
    .option('--root <dir>', "the repository's root", '.')
    .option('--dry-run', 'tell which files it would add, and add none')
    .option('--json', '{files: [{path, change}]}, and nothing else')
    .addHelpText('after', EXAMPLES)
    .action((app: string, { root, dryRun, json }: AdoptOptions) => {
      const { draft } = drafted(root, (one) => {
        adoptCollector(one, app);
      });
      const files = draft.changes();
      if (dryRun !== true) writeDraft(draft);
      if (json === true) terminal.print(`${JSON.stringify({ files }, null, 2)}\n`);
      else for (const { path, change } of files) terminal.print(`${change.padEnd(8)} ${path}\n`);
    });
}
