import { ContractError, readYaml, type ContractText, type Finding, type Fault } from '@das/contracts';
import { z } from 'zod';

const text = z.string().min(1);
const value = z.union([z.string(), z.number(), z.boolean(), z.null()]);

const row = z.union([
  z.literal('no row'),
  z.strictObject({
    /** Columns, or names of `columns`, that are seen as they are. */
    clear: z.array(text).default([]),
    /** Columns of which nothing is seen: null. */
    hidden: z.array(text).default([]),
    /** What is seen instead, as a literal. */
    masked: z.record(text, value).default({}),
  }),
]);

const asked = z.strictObject({
  environments: z.array(z.enum(['production', 'development'])).min(1),
  /** `denied`: whoever asks may not read it at all. */
  sees: z.union([z.literal('denied'), z.record(text, row)]),
});

const shown = z.strictObject({
  columns: z.record(text, z.array(text).min(1)).default({}),
  rows: z.record(text, z.record(text, value)),
});

/** What `contracts/<domain>/expectations/<table>.yaml` says: which role sees what of literal rows. */
const expectationFile = shown.extend({
  table: text,
  /** Rows of mapping tables that people keep, by the table's name; a value `{me}` is the user who asks. */
  mapping: z.record(text, z.array(z.array(text).min(1)).min(1)).default({}),
  expect: z.array(asked.extend({ roles: z.array(text).min(1) })).min(1),
});

/** What `contracts/<domain>/expectations/shares/<share>.yaml` says: what an account outside sees of literal rows. */
const shareFile = shown.extend({
  share: text,
  /** By locator, whoever holds a share of the domain; and others, which hold none. */
  expect: z.array(asked.extend({ accounts: z.array(text).min(1) })).min(1),
});

type ExpectationFile = z.output<typeof expectationFile>;

export type Environment = 'production' | 'development';
export type Literal = z.output<typeof value>;

/** What a role sees in one column of one row. */
export type Seen =
  { readonly as: 'denied' | 'no row' | 'clear' } | { readonly as: 'masked'; readonly literal: string | null };

/** One role, one column, one class of rows, in one environment. */
export interface Cell {
  readonly environment: Environment;
  /** Lower case, as in the contract. */
  readonly table: string;
  readonly role: string;
  readonly rowClass: string;
  readonly column: string;
  readonly seen: Seen;
  /** Where it is expected, as `file:line:column`. */
  readonly place: string;
}

/** By mapping table, in the order of its columns. */
export type MappingRows = Readonly<Record<string, readonly (readonly string[])[]>>;

/** Rows in which the user who asks has a name. */
export function rowsOf(mapping: MappingRows, me: string): MappingRows {
  const named = Object.entries(mapping).map(([table, rows]) => [
    table,
    rows.map((row) => row.map((cell) => (cell === '{me}' ? me : cell))),
  ]);
  return Object.fromEntries(named) as MappingRows;
}

export interface TableExpectations {
  readonly table: string;
  /** What mapping tables hold meanwhile that people keep. */
  readonly mapping: MappingRows;
  /** By class; every value as text. */
  readonly rows: ReadonlyMap<string, Readonly<Record<string, Literal>>>;
  readonly cells: readonly Cell[];
}

/** @throws ContractError with everything that is wrong, cells that are expected twice and not in one way included */
export function parseExpectations(source: ContractText): TableExpectations {
  const reading = readYaml(source, expectationFile);
  if (!('value' in reading)) throw new ContractError([...reading]);
  return expectationsOf(reading.value, reading.place);
}

/** As `parseExpectations`: of a share for its table, and of accounts for roles. */
export function parseShareExpectations(source: ContractText): TableExpectations {
  const reading = readYaml(source, shareFile);
  if (!('value' in reading)) throw new ContractError([...reading]);
  const { share, expect, ...file } = reading.value;
  const groups = expect.map(({ accounts, ...group }) => ({ ...group, roles: accounts }));
  return expectationsOf({ ...file, table: share, mapping: {}, expect: groups }, reading.place);
}

function expectationsOf(file: ExpectationFile, place: (fault: Fault) => Finding): TableExpectations {
  const faults: Fault[] = [];
  const cells = new Map<string, Cell>();
  for (const [index, group] of file.expect.entries()) {
    const path = ['expect', index] as const;
    const at = placeOf(place({ path, message: '' }));
    const seenBy = group.sees;
    for (const role of group.roles)
      for (const environment of group.environments)
        for (const [rowClass, values] of Object.entries(file.rows)) {
          const seen = seenBy === 'denied' ? 'denied' : seenBy[rowClass];
          if (seen === undefined) {
            faults.push({ path, message: `says nothing of the row ${rowClass}` });
            continue;
          }
          for (const [column, said] of columnsSeen(seen, Object.keys(values), file.columns, (message) =>
            faults.push({ path, message: `${rowClass}: ${message}` }),
          )) {
            const key = [environment, role, rowClass, column].join('/');
            if (cells.has(key)) faults.push({ path, message: `${key} is expected twice` });
            cells.set(key, { environment, table: file.table, role, rowClass, column, seen: said, place: at });
          }
        }
  }
  faults.push(...rowFaults(file.rows));
  if (faults.length > 0) throw new ContractError(unique(faults.map(place)));
  return {
    table: file.table,
    mapping: file.mapping,
    rows: new Map(Object.entries(file.rows)),
    cells: [...cells.values()],
  };
}

type RowSeen = z.output<typeof row> | 'denied';

function* columnsSeen(
  seen: RowSeen,
  all: readonly string[],
  named: Readonly<Record<string, readonly string[]>>,
  fault: (message: string) => void,
): Generator<readonly [string, Seen]> {
  if (seen === 'denied' || seen === 'no row') {
    for (const column of all) yield [column, { as: seen }];
    return;
  }
  const columnsOf = (names: readonly string[]): readonly string[] =>
    names.flatMap((name) => named[name] ?? [name]);
  const said: (readonly [string, Seen])[] = [
    ...columnsOf(seen.clear).map((column) => [column, { as: 'clear' }] as const),
    ...columnsOf(seen.hidden).map((column) => [column, { as: 'masked', literal: null }] as const),
    ...Object.entries(seen.masked).map(
      ([column, literal]) =>
        [column, { as: 'masked', literal: literal === null ? null : String(literal) }] as const,
    ),
  ];
  for (const [column] of said) if (!all.includes(column)) fault(`${column} is no column of the row`);
  yield* said;
}

/** Rows of one table have the same columns, and of none nothing alone: nobody could see that it is shown. */
function rowFaults(rows: Readonly<Record<string, Readonly<Record<string, Literal>>>>): readonly Fault[] {
  const [first = {}] = Object.values(rows);
  const columns = Object.keys(first).toSorted().join(', ');
  const all = Object.values(rows);
  return [
    ...Object.entries(rows)
      .filter(([, values]) => Object.keys(values).toSorted().join(', ') !== columns)
      .map(([name]) => ({ path: ['rows', name], message: 'has other columns than the first row' })),
    ...Object.keys(first)
      .filter((column) => all.every((values) => (values[column] ?? null) === null))
      .map((column) => ({
        path: ['rows'],
        message: `${column} is null in every row: nothing is seen of it`,
      })),
  ];
}

function placeOf({ file, line, column }: Finding): string {
  return `${file}:${line}:${column}`;
}

function unique(findings: readonly Finding[]): readonly Finding[] {
  return [...new Map(findings.map((finding) => [`${finding.line} ${finding.message}`, finding])).values()];
}
