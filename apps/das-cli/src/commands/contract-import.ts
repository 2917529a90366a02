import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { formatFinding, importContract, loadAccess, type ContractText, type Import } from '@das/contracts';
import { Option, type Command } from 'commander';
import { readContracts } from '../contract/read-contracts';
import type { CliContext } from '../context';
import { FindingsError } from '../findings-error';
import type { Terminal } from '../terminal';
import { UsageError } from '../usage-error';

const EXAMPLES = `
The short form, and what is taken where it is silent: docs/contracts.md. Nobody guesses a class, a reader or a purpose: what
is not decided is told, as file:line:column, and nothing is made (exit code 1). What was taken because it is safe is told on
standard error.

Examples:
  das contract import refunds.yaml
  das contract import refunds.yaml --defaults commerce-defaults.yaml --write
  das contract import refunds.yaml --json | jq -r '.open[] | "\\(.line) \\(.message)"'
`;

interface ImportOptions {
  readonly contracts: string;
  readonly defaults?: string;
  readonly write?: boolean;
  readonly json?: boolean;
}

export function addImport(contract: Command, { terminal }: CliContext): void {
  contract
    .command('import')
    .description('Makes an ODCS contract of the short YAML that a team wrote.')
    .argument('<file>', 'the short YAML')
    .option('--defaults <file>', 'of the same form: what a team says once for all of its contracts')
    .option('--contracts <dir>', 'the folder of contracts', 'contracts')
    .addOption(
      new Option('--write', 'into its place below the folder, where there is none yet').conflicts('json'),
    )
    .option('--json', '{path, text, open, assumed}, and nothing else')
    .addHelpText('after', EXAMPLES)
    .action((file: string, options: ImportOptions) => {
      const documents = readContracts(options.contracts, terminal);
      const defaults = options.defaults === undefined ? undefined : read(options.defaults);
      const result = importContract(read(file), {
        defaults,
        documents,
        access: loadAccess(options.contracts),
      });
      if (options.json === true) terminal.print(`${JSON.stringify(result, null, 2)}\n`);
      else tell(result, options, terminal);
      if (result.text === null) throw new FindingsError();
    });
}

function tell({ path, text, open, assumed }: Import, options: ImportOptions, terminal: Terminal): void {
  for (const finding of assumed) terminal.note(`taken: ${formatFinding(finding)}`);
  for (const finding of open) terminal.alarm(`open: ${formatFinding(finding)}`);
  if (text === null || path === null)
    terminal.alarm(
      `${open.length} ${open.length === 1 ? 'thing is' : 'things are'} open: no contract was made`,
    );
  else if (options.write === true) write(join(options.contracts, path), text, terminal);
  else terminal.print(text);
}

/** @throws UsageError */
function write(file: string, text: string, terminal: Terminal): void {
  if (existsSync(file))
    throw new UsageError(`${file} is there already: a contract is changed by hand, and not made anew`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text, { flag: 'wx' });
  terminal.note(`written: ${file}`);
  terminal.note('next: npm run format, npm run generate');
}

/** @throws UsageError */
function read(file: string): ContractText {
  try {
    return { file, text: readFileSync(file, 'utf8') };
  } catch {
    throw new UsageError(`${file} cannot be read: name a file of the short form`);
  }
}
