import { dirname } from 'node:path';
import { governedTables } from '@das/contracts';
import {
  disagreements,
  loadRendered,
  missingCells,
  showLocal,
  showRendered,
  type Ask,
  type Disagreement,
  type Shown,
  type TableExpectations,
} from '@das/governance';
import { openWarehouse } from '@das/warehouse';
import { Option, type Command } from 'commander';
import type { CliContext } from '../context';
import { FindingsError } from '../findings-error';
import { readExpectations, readGoverned } from '../policy/read-governed';
import { UsageError } from '../usage-error';

const EXAMPLES = `
Expectations are written by hand (contracts/<domain>/expectations/<table>.yaml): what each role sees of each column of
literal rows. Every role, column and environment has one, or this fails.

  local      the secured views that DuckDB has: nothing else is needed
  snowflake  the bodies of the rendered policies (sql/, dbt/rendered), evaluated by the account that the environment names,
             with Snowflake's session functions set to each role: SELECTs over literal rows, which read and write no table
             but the mapping tables of OPS

Examples:
  das policy test
  das policy test --product customers --role ANALYST_EMEA
  das policy test --target snowflake --json | jq '.disagreements'
`;

interface TestOptions {
  readonly contracts: string;
  readonly target: 'local' | 'snowflake';
  readonly product?: string;
  readonly role?: string;
  readonly environment?: 'production' | 'development';
  readonly json?: boolean;
}

export function addTest(policy: Command, context: CliContext): void {
  policy
    .command('test')
    .description('Whether each role sees what is expected, cell by cell.')
    .option('--contracts <dir>', 'the folder of contracts', 'contracts')
    .addOption(
      new Option('--target <target>', 'who evaluates').choices(['local', 'snowflake']).default('local'),
    )
    .option('--product <name>', 'of one product')
    .option('--role <role>', 'of one role')
    .addOption(
      new Option('--environment <name>', 'of one environment').choices(['production', 'development']),
    )
    .option('--json', '{cells, disagreements, missing}, and nothing else')
    .addHelpText('after', EXAMPLES)
    .action(async (options: TestOptions) => {
      const { terminal } = context;
      const { documents, access } = readGoverned(options.contracts, terminal);
      const all = readExpectations(options.contracts, terminal);
      const tables = governedTables(documents).filter(
        ({ contract }) => options.product === undefined || contract === options.product,
      );
      const expected = chosen(
        all,
        options,
        tables.map(({ name }) => name.toLowerCase()),
      );
      const cells = expected.reduce((sum, table) => sum + table.cells.length, 0);
      if (cells === 0) throw new UsageError('nothing is expected of that: check --product and --role');
      terminal.progress(`asking ${cells.toLocaleString('en')} cells`);
      const shown =
        options.target === 'local'
          ? await showLocal(documents, access, expected)
          : await askSnowflake(context, (ask) =>
              showRendered({ documents, access, expected }, loadRendered(dirname(options.contracts)), ask),
            );
      const missing = missingCells(all, tables, access);
      const result = { cells, disagreements: disagreements(expected, shown), missing };
      terminal.print(options.json === true ? `${JSON.stringify(result, null, 2)}\n` : told(result));
      if (result.disagreements.length + missing.length > 0) throw new FindingsError();
    });
}

function chosen(
  expected: readonly TableExpectations[],
  { role, environment }: TestOptions,
  tables: readonly string[],
): readonly TableExpectations[] {
  return expected
    .filter(({ table }) => tables.includes(table))
    .map((one) => ({
      ...one,
      cells: one.cells.filter(
        (cell) =>
          (role === undefined || cell.role === role) &&
          (environment === undefined || cell.environment === environment),
      ),
    }));
}

async function askSnowflake(
  { env, terminal, signal }: CliContext,
  use: (ask: Ask) => Promise<readonly Shown[]>,
): Promise<readonly Shown[]> {
  const warehouse = await openWarehouse(env, {
    queryTag: 'das-policy-test',
    note: (line) => {
      terminal.note(line);
    },
  });
  try {
    return await use(async (sql) => {
      const rows: (string | null)[][] = [];
      for await (const row of warehouse.query(sql, [], { signal }))
        rows.push(Object.values(row).map((value) => (value === null ? null : String(value))));
      return rows;
    });
  } finally {
    await warehouse.close();
  }
}

interface Result {
  readonly cells: number;
  readonly disagreements: readonly Disagreement[];
  readonly missing: ReturnType<typeof missingCells>;
}

function told({ cells, disagreements: wrong, missing }: Result): string {
  return [
    ...wrong.map(
      ({ place, environment, table, role, rowClass, column, expected, found }) =>
        `${place} ${environment}: ${role} of ${table}.${column}, row ${rowClass}: expected ${expected}, found ${found}`,
    ),
    ...missing.map(
      ({ environment, table, role, column }) =>
        `${environment}: nothing is expected of ${role} and ${table}.${column}`,
    ),
    wrong.length + missing.length === 0
      ? `${cells.toLocaleString('en')} cells are as expected`
      : `${wrong.length} of ${cells.toLocaleString('en')} cells are not as expected, ${missing.length} are missing`,
    '',
  ].join('\n');
}
