import { copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Draft, forkOutside } from '@das/scaffold';
import type { Command } from 'commander';
import type { CliContext } from '../context';
import { drafted, writeDraft } from '../scaffold/draft-of';
import { UsageError } from '../usage-error';

const EXAMPLES = `
Copies a collector and its contract into a folder of its own, with the packed libs in vendor/: it builds, tests and runs
there without this repository. Its contract is still generated here: copy contracts/ again when it changes.

Examples:
  npm run pack -- @das/collector @das/collector-testing
  das collector fork shipments-events-collector --to ../shipments
  cd ../shipments && npm install && npm run build && npm test
`;

interface ForkOptions {
  readonly root: string;
  readonly to: string;
  readonly packages?: string;
  readonly json?: boolean;
}

export function addCollectorFork(collector: Command, { terminal }: CliContext): void {
  collector
    .command('fork')
    .description('A collector as a folder outside of this repository.')
    .argument('<collector>', 'such as shipments-events-collector')
    .requiredOption('--to <dir>', 'a folder that is not there, or is empty')
    .option('--packages <dir>', 'the packed libs; default: dist/packages of the repository')
    .option('--root <dir>', "the repository's root", '.')
    .option('--json', '{to, files}, and nothing else')
    .addHelpText('after', EXAMPLES)
    .action((app: string, { root, to, packages = join(root, 'dist', 'packages'), json }: ForkOptions) => {
      const target = resolve(to);
      if (existsSync(target) && readdirSync(target).length > 0)
        throw new UsageError(`${to} is not empty: name a folder that is not there`);
      const files = packed(packages);
      const { made: outside } = drafted(root, (from) => {
        const draft = new Draft(target);
        forkOutside(from, draft, { app, packages: files });
        return draft;
      });
      writeDraft(outside);
      mkdirSync(join(target, 'vendor'), { recursive: true });
      for (const file of files) copyFileSync(join(packages, file), join(target, 'vendor', file));
      const written = outside.changes().map(({ path }) => path);
      if (json === true) terminal.print(`${JSON.stringify({ to: target, files: written }, null, 2)}\n`);
      else terminal.print(`${written.join('\n')}\n`);
      terminal.note(`next: cd ${to} && npm install && npm run build && npm test`);
    });
}

/** @throws UsageError where nothing is packed */
function packed(folder: string): readonly string[] {
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.tgz')) : [];
  if (files.length > 0) return files;
  throw new UsageError(
    `there is no package in ${folder}: npm run pack -- @das/collector @das/collector-testing`,
  );
}
