import type { AccessBook, DeclaredShare, GovernedTable } from '@das/contracts';
import type { Cell, Environment, TableExpectations } from './expectation-file';

/** What a target shows of one table: by role and class of rows, each column as text; a class that is missing is not seen. */
export interface Shown {
  readonly table: string;
  readonly environment: Environment;
  readonly role: string;
  /** Undefined: the role may not read the table. */
  readonly rows: ReadonlyMap<string, Readonly<Record<string, string | null>>> | undefined;
  /** What the rows really hold, in the target's own text. */
  readonly clear: ReadonlyMap<string, Readonly<Record<string, string | null>>>;
}

/** A cell that is not as it is expected, or that nobody expects. */
export interface Disagreement extends Pick<
  Cell,
  'environment' | 'table' | 'role' | 'rowClass' | 'column' | 'place'
> {
  readonly expected: string;
  readonly found: string;
}

/** Compares what a target shows with what is expected, cell by cell; the values that it names are the literals of the rows. */
export function disagreements(
  expected: readonly TableExpectations[],
  shown: readonly Shown[],
): readonly Disagreement[] {
  const byKey = new Map(shown.map((one) => [`${one.environment}/${one.table}/${one.role}`, one]));
  return expected.flatMap(({ cells }) =>
    cells.flatMap((cell): Disagreement[] => {
      const { environment, table, role, rowClass, column, seen, place } = cell;
      const one = byKey.get(`${environment}/${table}/${role}`);
      const found = one === undefined ? 'not asked' : foundIn(one, rowClass, column, seen.as === 'clear');
      const wanted = seen.as === 'masked' ? told(seen.literal) : seen.as;
      if (found === wanted) return [];
      return [{ environment, table, role, rowClass, column, place, expected: wanted, found }];
    }),
  );
}

function foundIn({ rows, clear }: Shown, rowClass: string, column: string, asClear: boolean): string {
  if (rows === undefined) return 'denied';
  const row = rows.get(rowClass);
  if (row === undefined) return 'no row';
  const value = row[column];
  if (value === undefined) return 'no column';
  if (asClear && value === clear.get(rowClass)?.[column]) return 'clear';
  return told(value);
}

function told(value: string | null): string {
  return value === null ? 'null' : JSON.stringify(value);
}

/** Every column of every table of GOLD, for every role and in both environments, that no expectation speaks of, or not in each class of its rows. */
export function missingCells(
  expected: readonly TableExpectations[],
  tables: readonly GovernedTable[],
  { roles }: Pick<AccessBook, 'roles'>,
): readonly {
  readonly table: string;
  readonly role: string;
  readonly column: string;
  readonly environment: Environment;
}[] {
  const rowsOf = new Map(expected.map(({ table, rows }) => [table, rows.size]));
  const have = new Map<string, number>();
  for (const { environment, table, role, column } of expected.flatMap(({ cells }) => cells)) {
    const key = [environment, table, role, column].join('/');
    have.set(key, (have.get(key) ?? 0) + 1);
  }
  return tables
    .filter(({ tier }) => tier === 'GOLD')
    .flatMap((table) =>
      (['production', 'development'] as const).flatMap((environment) =>
        Object.keys(roles).flatMap((role) =>
          table.columns.map(({ name }) => ({
            table: table.name.toLowerCase(),
            role,
            column: name.toLowerCase(),
            environment,
          })),
        ),
      ),
    )
    .filter(
      ({ environment, table, role, column }) =>
        (have.get([environment, table, role, column].join('/')) ?? 0) < Math.max(1, rowsOf.get(table) ?? 0),
    );
}

/** Every column of every share, for the account that has it and in both environments, that no expectation speaks of, or not in each class of its rows. */
export function missingShareCells(
  expected: readonly TableExpectations[],
  shares: readonly DeclaredShare[],
): ReturnType<typeof missingCells> {
  const byName = new Map(expected.map((one) => [one.table, one]));
  return shares.flatMap(({ name, account, columns }) => {
    const share = name.toLowerCase();
    const one = byName.get(share);
    return (['production', 'development'] as const).flatMap((environment) =>
      columns
        .map((column) => ({ table: share, role: account ?? '', column: column.toLowerCase(), environment }))
        .filter(({ role, column }) => {
          const cells = one?.cells.filter(
            (cell) => cell.role === role && cell.column === column && cell.environment === environment,
          );
          return account !== undefined && (cells?.length ?? 0) < Math.max(1, one?.rows.size ?? 0);
        }),
    );
  });
}
