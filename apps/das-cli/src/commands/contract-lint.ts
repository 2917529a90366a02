import { formatFinding, lintTree, type Finding } from '@das/contracts';
import type { Command } from 'commander';
import { todayOption } from '../contract/today-option';
import { readFolder } from '../contract/read-tree';
import type { CliContext } from '../context';
import { FindingsError } from '../findings-error';

const EXAMPLES = `
Every contract for itself and all together, and the roles and policies that they name. Everything that is wrong is told at
once, as file:line:column. What npm run generate refuses is refused here, and the other way round.

Examples:
  das contract lint
  das contract lint --contracts ../other/contracts --json | jq '.findings[].message'
`;

interface LintOptions {
  readonly contracts: string;
  readonly today: string;
  readonly json?: boolean;
}

export function addLint(contract: Command, { terminal }: CliContext): void {
  contract
    .command('lint')
    .description('Whether contracts, roles and policies are sound.')
    .option('--contracts <dir>', 'the folder of contracts', 'contracts')
    .addOption(todayOption('the day by which shares have ended'))
    .option('--json', '{findings}, and nothing else')
    .addHelpText('after', EXAMPLES)
    .action(({ contracts, today, json }: LintOptions) => {
      const tree = readFolder(contracts);
      const findings = lintTree(tree, today);
      if (json === true) terminal.print(`${JSON.stringify({ findings }, null, 2)}\n`);
      else
        terminal.print(
          lintText(findings, [...tree.keys()].filter((path) => path.endsWith('.odcs.yaml')).length),
        );
      if (findings.length > 0) throw new FindingsError();
    });
}

function lintText(findings: readonly Finding[], count: number): string {
  if (findings.length === 0) return `${count} contracts are sound\n`;
  return `${findings.map(formatFinding).join('\n')}\n${findings.length} findings\n`;
}
