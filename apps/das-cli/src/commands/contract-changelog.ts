import { bumpOf, diffTrees, type ContractTree, type DiffFinding } from '@das/contracts';
import type { Command } from 'commander';
import { parse } from 'yaml';
import { readFolder, readRef } from '../contract/read-tree';
import type { CliContext } from '../context';

const EXAMPLES = `
Examples:
  das contract changelog --since v1.4.0
  das contract changelog --since main --json
`;

interface Entry {
  readonly contract: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly bump: string | null;
  readonly changes: readonly Pick<DiffFinding, 'rule' | 'breaking' | 'path' | 'message'>[];
}

export function addChangelog(contract: Command, { terminal }: CliContext): void {
  contract
    .command('changelog')
    .description('What changed since a commit, by contract and version, as Markdown.')
    .requiredOption('--since <ref>', 'the older state: a git ref')
    .option('--contracts <dir>', 'the folder of contracts', 'contracts')
    .option('--json', 'the entries, and nothing else')
    .addHelpText('after', EXAMPLES)
    .action(
      ({
        since,
        contracts,
        json,
      }: {
        readonly since: string;
        readonly contracts: string;
        readonly json?: boolean;
      }) => {
        const entries = entriesOf(readRef(since, contracts), readFolder(contracts));
        terminal.print(json === true ? `${JSON.stringify(entries, null, 2)}\n` : markdown(entries, since));
      },
    );
}

function entriesOf(base: ContractTree, head: ContractTree): readonly Entry[] {
  const { findings } = diffTrees(base, head);
  const contracts = [...new Set(findings.map(({ contract }) => contract))];
  return contracts.map((contract) => {
    const own = findings.filter((finding) => finding.contract === contract);
    const path = contract.endsWith('.yaml') ? contract : `${contract}.odcs.yaml`;
    return {
      contract,
      from: versionOf(base, path),
      to: versionOf(head, path),
      bump: bumpOf(own) ?? null,
      changes: own.map(({ rule, breaking, path: place, message }) => ({
        rule,
        breaking,
        path: place,
        message,
      })),
    };
  });
}

function versionOf(tree: ContractTree, path: string): string | null {
  const text = tree.get(path)?.text;
  if (text === undefined || !path.endsWith('.odcs.yaml')) return null;
  const { version } = (parse(text) ?? {}) as { readonly version?: unknown };
  return typeof version === 'string' ? version : null;
}

function markdown(entries: readonly Entry[], since: string): string {
  if (entries.length === 0) return `# Nothing changed since ${since}\n`;
  const parts = entries.map(({ contract, from, to, changes }) => {
    const versions = from === to ? (to ?? '') : `${from ?? 'new'} → ${to ?? 'removed'}`;
    const lines = changes.map(
      ({ rule, breaking, path, message }) =>
        `- ${breaking ? '**breaking** ' : ''}${path}: ${message} (\`${rule}\`)`,
    );
    return `## ${contract} ${versions}`.trimEnd() + `\n\n${lines.join('\n')}\n`;
  });
  return `# Changes since ${since}\n\n${parts.join('\n')}`;
}
