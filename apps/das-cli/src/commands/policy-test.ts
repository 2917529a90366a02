import { dirname } from 'node:path';
import { declaredShares, governedTables } from '@das/contracts';
import {
  disagreements,
  loadRendered,
  missingCells,
  missingShareCells,
  showLocal,
  showRendered,
  showRenderedShares,
  showShares,
  type Ask,
  type AttachedWorld,
  type Disagreement,
  type Shown,
  type TableExpectations,
} from '@das/governance';
import { openWarehouse } from '@das/warehouse';
import { Option, type Command } from 'commander';
import type { CliContext } from '../context';
import { FindingsError } from '../findings-error';
import { readExpectations, readGoverned, readShareExpectations } from '../policy/read-governed';
import { testAttached, type AttachedResult } from '../policy/test-attached';
import { UsageError } from '../usage-error';

const EXAMPLES = `
Expectations are written by hand (contracts/<domain>/expectations/<table>.yaml): what each role sees of each column of
literal rows, and below shares/ what accounts outside see by a share. Every role, column and environment has one, or this fails.

  local      the secured views that DuckDB has: nothing else is needed
  bodies     the bodies of the rendered policies (sql/, dbt/rendered), evaluated by the account that the environment names,
             with Snowflake's session functions set to each role: SELECTs over literal rows, which read and write no table
             but the mapping tables of OPS
  snowflake  tables that have the rendered policies and tags attached, read in a session of each role. They are made in scratch
             schemas of --database, and the roles are lent to the user; all of it is taken back at the end, also after Ctrl-C.
             A database of a domain is refused, and so is an account whose policies say that it is in production

Examples:
  das policy test
  das policy test --product customers --role ANALYST_EMEA
  das policy test --product orders --role XY12345
  das policy test --target bodies
  das policy test --target snowflake --database POLICY_TESTS --json | jq '.disagreements'
`;

type Target = 'local' | 'bodies' | 'snowflake';

interface TestOptions {
  readonly contracts: string;
  readonly target: Target;
  readonly database?: string;
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
      new Option('--target <target>', 'who evaluates')
        .choices(['local', 'bodies', 'snowflake'])
        .default('local'),
    )
    .option('--database <name>', 'of snowflake: a database for tests, in which schemas are made')
    .option('--product <name>', 'of one product')
    .option('--role <role>', 'of one role, or of one account outside')
    .addOption(
      new Option('--environment <name>', 'of one environment').choices(['production', 'development']),
    )
    .option('--json', '{cells, disagreements, missing, left}, and nothing else')
    .addHelpText('after', EXAMPLES)
    .action(async (options: TestOptions) => {
      await test(options, context);
    });
}

async function test(options: TestOptions, context: CliContext): Promise<void> {
  const { terminal } = context;
  if (options.database !== undefined && options.target !== 'snowflake')
    throw new UsageError('--database is where --target snowflake makes its schemas: no other target has one');
  const { documents, access } = readGoverned(options.contracts, terminal);
  const all = readExpectations(options.contracts, terminal);
  const allOfShares = readShareExpectations(options.contracts, terminal);
  const shares = declaredShares(documents).filter(
    ({ contract }) => options.product === undefined || contract === options.product,
  );
  const tables = governedTables(documents).filter(
    ({ contract }) => options.product === undefined || contract === options.product,
  );
  const names = tables.map(({ name }) => name.toLowerCase());
  const world = { documents, access, expected: chosen(all, options, names) };
  const ofShares = chosen(
    allOfShares,
    options,
    shares.map(({ name }) => name.toLowerCase()),
  );
  if (cellsOf([...world.expected, ...ofShares]) === 0)
    throw new UsageError('nothing is expected of that: check --product and --role');
  const { shown, expected, left } = await ask(world, ofShares, options, context);
  const missing = [...missingCells(all, tables, access), ...missingShareCells(allOfShares, shares)];
  const result = { cells: cellsOf(expected), disagreements: disagreements(expected, shown), missing, left };
  terminal.print(options.json === true ? `${JSON.stringify(result, null, 2)}\n` : told(result));
  if (result.disagreements.length + missing.length + left.length > 0) throw new FindingsError();
}

async function ask(
  world: Omit<AttachedWorld, 'sql'>,
  ofShares: readonly TableExpectations[],
  options: TestOptions,
  context: CliContext,
): Promise<AttachedResult> {
  const { documents, access, expected } = world;
  // Whoever consumes a share has an account of their own, in which nobody of ours has a session.
  if (options.target === 'snowflake') return testAttached(context, world, options);
  const everything = [...expected, ...ofShares];
  context.terminal.progress(`asking ${cellsOf(everything).toLocaleString('en')} cells`);
  const shown =
    options.target === 'local'
      ? [
          ...(await showLocal(documents, access, expected)),
          ...(await showShares(documents, access, ofShares)),
        ]
      : await askSnowflake(context, async (asked) => {
          const rendered = loadRendered(dirname(options.contracts));
          return [
            ...(await showRendered(world, rendered, asked)),
            ...(await showRenderedShares({ documents, expected: ofShares }, rendered, asked)),
          ];
        });
  return { shown, expected: everything, left: [] };
}

function cellsOf(expected: readonly TableExpectations[]): number {
  return expected.reduce((sum, { cells }) => sum + cells.length, 0);
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
  use: (asked: Ask) => Promise<readonly Shown[]>,
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
