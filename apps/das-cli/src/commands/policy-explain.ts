import { governedTables, type AccessBook, type GovernedTable } from '@das/contracts';
import { explainAccess, type Explanation } from '@das/governance';
import type { Command } from 'commander';
import type { CliContext } from '../context';
import { readGoverned } from '../policy/read-governed';
import { UsageError } from '../usage-error';

const EXAMPLES = `
One sentence for each table, or for each table that has the column: what the role sees of it in production, and why. It is
what contracts, roles.yaml and the templates say; regions that somebody gave on the account itself are not known here.

Examples:
  das policy explain --role ANALYST_EMEA --product orders --column customer_email
  das policy explain --role CARE_TEAM --product customers
  das policy explain --role ANALYST_HEALTH --product sessions --json | jq -r '.[].sentence'
`;

interface ExplainOptions {
  readonly contracts: string;
  readonly role: string;
  readonly product: string;
  readonly table?: string;
  readonly column?: string;
  readonly json?: boolean;
}

export function addExplain(policy: Command, { terminal }: CliContext): void {
  policy
    .command('explain')
    .description('Why a role sees what it sees: one sentence.')
    .requiredOption('--role <role>', 'a role of roles.yaml, such as ANALYST_EMEA')
    .requiredOption('--product <name>', 'a product, such as orders')
    .option('--table <name>', 'one of its tables')
    .option('--column <name>', 'one column, such as customer_email')
    .option('--contracts <dir>', 'the folder of contracts', 'contracts')
    .option('--json', 'an array of {role, product, table, column, sees, sentence}, and nothing else')
    .addHelpText('after', EXAMPLES)
    .action((options: ExplainOptions) => {
      const { documents, access } = readGoverned(options.contracts, terminal);
      const tables = governedTables(documents).filter(({ tier }) => tier === 'GOLD');
      const explained = explain(options, tables, access);
      if (options.json === true) terminal.print(`${JSON.stringify(explained, null, 2)}\n`);
      else terminal.print(explained.map(({ sentence }) => `${sentence}\n`).join(''));
    });
}

/** @throws UsageError that names what there is */
function explain(
  { role, product, table, column }: ExplainOptions,
  tables: readonly GovernedTable[],
  access: AccessBook,
): readonly Explanation[] {
  const named = role.toUpperCase();
  mustBe('role', named, Object.keys(access.roles));
  mustBe('product', product, [...new Set(tables.map(({ contract }) => contract))]);
  const own = tables.filter(({ contract }) => contract === product);
  if (table !== undefined)
    mustBe(
      'table',
      table.toUpperCase(),
      own.map(({ name }) => name),
    );
  const asked = own.filter(({ name }) => table === undefined || name === table.toUpperCase());
  if (column === undefined) return asked.map((one) => explainAccess(named, one, undefined, access));
  const columns = asked.flatMap((one) => one.columns.map(({ name }) => name));
  mustBe('column', column.toUpperCase(), [...new Set(columns)]);
  return asked.flatMap((one) =>
    one.columns
      .filter(({ name }) => name === column.toUpperCase())
      .map((found) => explainAccess(named, one, found, access)),
  );
}

function mustBe(what: string, name: string, names: readonly string[]): void {
  if (!names.includes(name)) throw new UsageError(`there is no ${what} ${name}: ${names.join(', ')} exist`);
}
