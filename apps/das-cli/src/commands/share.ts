import { readerSetup, readersOf } from '@das/account';
import { declaredShares } from '@das/contracts';
import { InvalidArgumentError, type Command } from 'commander';
import type { CliContext } from '../context';
import { todayOption } from '../contract/today-option';
import { readGoverned } from '../policy/read-governed';
import { sharesText, shareText } from '../share/render-shares';
import { shared, type Shared } from '../share/shared';
import { UsageError } from '../usage-error';

interface ShareOptions {
  readonly contracts: string;
  readonly today: string;
  readonly json?: boolean;
}

/** `das share`: what accounts outside read, until when, and who approved it. */
export function shareCommands(das: Command, context: CliContext): void {
  const share = das
    .command('share')
    .description('Shares: what other accounts read, until when, and who approved it.');
  addList(share, context);
  addShow(share, context);
  addExplain(share, context);
  addReader(share, context);
}

const LIST = `
Of every contract that has das.shares, as it is declared; what the account really shares, das account drift compares with it.

Examples:
  das share list
  das share list --account XY12345
  das share list --json | jq -r '.[] | [.name, .account, .expires, .approved.steward] | @tsv'
`;

function addList(share: Command, context: CliContext): void {
  daily(share.command('list').description('Every share: who reads what, until when.'))
    .option('--account <locator>', 'what one account reads')
    .option('--json', 'an array of shares, and nothing else')
    .addHelpText('after', LIST)
    .action((options: ShareOptions & { readonly account?: string }) => {
      const all = read(options, context).filter(
        ({ account }) => options.account === undefined || account === options.account.toUpperCase(),
      );
      context.terminal.print(options.json === true ? json(all) : sharesText(all));
    });
}

const SHOW = `
Examples:
  das share show northwind_orders
  das share show northwind_orders --json | jq .approved
`;

function addShow(share: Command, context: CliContext): void {
  daily(share.command('show <name>').description('One share, and what is seen of each of its columns.'))
    .option('--json', 'the share, and nothing else')
    .addHelpText('after', SHOW)
    .action((name: string, options: ShareOptions) => {
      const one = named(read(options, context), name);
      context.terminal.print(options.json === true ? json(one) : shareText(one));
    });
}

const EXPLAIN = `
Examples:
  das share explain northwind_orders --column customer_email
  das share explain northwind_orders --json | jq -r '.[].sentence'
`;

function addExplain(share: Command, context: CliContext): void {
  daily(
    share
      .command('explain <name>')
      .description('Why an account outside sees what it sees: one sentence a column.'),
  )
    .option('--column <name>', 'one column, such as customer_email')
    .option('--json', 'an array of {column, classification, sees, sentence}, and nothing else')
    .addHelpText('after', EXPLAIN)
    .action((name: string, options: ShareOptions & { readonly column?: string }) => {
      const { columns } = named(read(options, context), name);
      const wanted = options.column?.toUpperCase();
      const told = columns.filter(({ column }) => wanted === undefined || column === wanted);
      if (told.length === 0)
        throw new UsageError(
          `${name} shows no ${options.column}: ${columns.map(({ column }) => column).join(', ')} are shown`,
        );
      context.terminal.print(
        options.json === true ? json(told) : told.map(({ sentence }) => `${sentence}\n`).join(''),
      );
    });
}

const READER = `
SQL for the administrator of a reader account, to be run in it once: a monitor, without which its warehouses use our credits
without an end, a warehouse, a role for its people, and a database for each share. Nothing of it can be done from here.

Examples:
  das share reader TAILWIND_READER --provider AB12345 > setup.sql
`;

function addReader(share: Command, context: CliContext): void {
  share
    .command('reader <name>')
    .description('What sets a reader account up, as SQL.')
    .requiredOption('--provider <locator>', 'the locator of the account that shares', readLocator)
    .option('--contracts <dir>', 'the folder of contracts', 'contracts')
    .addHelpText('after', READER)
    .action(
      (name: string, { contracts, provider }: { readonly contracts: string; readonly provider: string }) => {
        const readers = readersOf(declared(contracts, context).shares);
        const reader = readers.find((one) => one.name === name.toUpperCase());
        if (reader === undefined)
          throw new UsageError(
            `there is no reader account ${name}: ${listed(readers.map((one) => one.name))}`,
          );
        context.terminal.print(
          readerSetup(reader, provider)
            .map((sql) => `${sql};\n`)
            .join(''),
        );
      },
    );
}

function readLocator(text: string): string {
  if (/^[A-Z]{2,}[0-9]{3,}$/.test(text)) return text;
  throw new InvalidArgumentError('a locator such as AB12345: SELECT CURRENT_ACCOUNT() tells it');
}

function daily(command: Command): Command {
  return command
    .option('--contracts <dir>', 'the folder of contracts', 'contracts')
    .addOption(todayOption('the day by which shares have ended'));
}

function declared(contracts: string, { terminal }: CliContext) {
  const { documents, access } = readGoverned(contracts, terminal);
  return { shares: declaredShares(documents), access };
}

function read({ contracts, today }: ShareOptions, context: CliContext): readonly Shared[] {
  const { shares, access } = declared(contracts, context);
  return shares.map((one) => shared(one, access, today));
}

function named(shares: readonly Shared[], name: string): Shared {
  const found = shares.find((one) => one.name === name.toLowerCase());
  if (found !== undefined) return found;
  throw new UsageError(`there is no share ${name}: ${listed(shares.map((one) => one.name))}`);
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? 'no contract has one' : `${names.join(', ')} exist`;
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
