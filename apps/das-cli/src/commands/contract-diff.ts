import { diffTexts, diffTrees, type DiffResult } from '@das/contracts';
import { Option, type Command } from 'commander';
import { diffMarkdown, diffText } from '../contract/render-diff';
import { readSide } from '../contract/read-tree';
import type { CliContext } from '../context';
import { FindingsError } from '../findings-error';
import { UsageError } from '../usage-error';

const EXAMPLES = `
BASE and HEAD are each a contract's file, a folder of contracts, or a git ref; HEAD is the folder of --contracts as it is
now, where it is not named. Rules, categories and what is breaking: docs/contract-rules.md.
Exit code 1 exactly when something breaks somebody.

Examples:
  das contract diff main
  das contract diff v1.4.0 HEAD --json | jq '.findings[] | select(.breaking)'
  das contract diff old/orders.odcs.yaml contracts/brook_commerce/orders.odcs.yaml
  das contract diff origin/main --format markdown >comment.md
`;

interface DiffOptions {
  readonly contracts: string;
  readonly json?: boolean;
  readonly format: 'text' | 'markdown';
}

export function addDiff(contract: Command, { terminal }: CliContext): void {
  contract
    .command('diff')
    .description('What changed between two states of contracts, roles and policies, and whom it breaks.')
    .argument('<base>', 'the older state')
    .argument('[head]', 'the newer state')
    .option('--contracts <dir>', 'the folder of contracts', 'contracts')
    .option('--json', '{breaking, findings}, and nothing else')
    .addOption(
      new Option('--format <format>', 'for people, or for a comment')
        .choices(['text', 'markdown'])
        .default('text'),
    )
    .addHelpText('after', EXAMPLES)
    .action((base: string, head: string | undefined, { contracts, json, format }: DiffOptions) => {
      const result = compare(base, head ?? contracts, contracts);
      if (json === true) terminal.print(`${JSON.stringify(result, null, 2)}\n`);
      else terminal.print(format === 'markdown' ? diffMarkdown(result) : diffText(result));
      if (result.breaking) throw new FindingsError();
    });
}

/** @throws UsageError */
export function compare(base: string, head: string, folder: string): DiffResult {
  const [before, after] = [readSide(base, folder), readSide(head, folder)];
  if ('contract' in before && 'contract' in after) return diffTexts(before.contract, after.contract);
  if ('tree' in before && 'tree' in after) return diffTrees(before.tree, after.tree);
  throw new UsageError('a file is compared with a file, and a folder or a ref with a folder or a ref');
}
