import { gate, type GateResult } from '@das/contracts';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { checkMarkdown, checkText } from '../contract/render-check';
import { todayOption } from '../contract/today-option';
import { readFolder, readRef } from '../contract/read-tree';
import type { CliContext } from '../context';
import { FindingsError } from '../findings-error';

const EXAMPLES = `
The gate: contracts are sound; versions are as high as what changed needs; what breaks its readers is served in its old
version until its end of life; steward and security approved exactly this change (contracts/<domain>/approvals/). Whom it
touches is told: the registered consumers, and the contracts that are made from it.

Examples:
  das contract check --base origin/main
  das contract check --base main --template >approval.yaml
  das contract check --base main --json | jq '.faults[] | {contract, rule, cure}'
`;

interface CheckOptions {
  readonly base: string;
  readonly contracts: string;
  readonly today: string;
  readonly sunsetDays: number;
  readonly json?: boolean;
  readonly template?: boolean;
  readonly format: 'text' | 'markdown';
}

export function addCheck(contract: Command, { terminal }: CliContext): void {
  contract
    .command('check')
    .description('The gate: whether what changed since a commit may be merged.')
    .requiredOption('--base <ref>', 'the older state: a git ref')
    .option('--contracts <dir>', 'the folder of contracts', 'contracts')
    .addOption(todayOption('the day that ends of life are measured by'))
    .option('--sunset-days <n>', 'for how long an old version is served, at least', readDays, 90)
    .option('--template', 'print the approvals that are missing, to be filled in')
    .option('--json', '{passes, faults, findings, touched, templates}, and nothing else')
    .addOption(
      new Option('--format <format>', 'for people, or for a comment')
        .choices(['text', 'markdown'])
        .default('text'),
    )
    .addHelpText('after', EXAMPLES)
    .action((options: CheckOptions) => {
      const { base, contracts, today, sunsetDays } = options;
      const result = gate(readRef(base, contracts), readFolder(contracts), { today, sunsetDays });
      terminal.print(rendered(result, options));
      if (!result.passes) throw new FindingsError();
    });
}

function rendered(result: GateResult, { json, template, format, contracts }: CheckOptions): string {
  if (json === true) return `${JSON.stringify(result, null, 2)}\n`;
  if (template === true)
    return result.templates.map(({ path, text }) => `# ${contracts}/${path}\n${text}`).join('---\n');
  return format === 'markdown' ? checkMarkdown(result) : checkText(result);
}

function readDays(text: string): number {
  const days = Number(text);
  if (Number.isSafeInteger(days) && days >= 1 && days <= 3650) return days;
  throw new InvalidArgumentError('a whole number from 1 to 3650');
}
