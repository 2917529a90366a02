import type { DuckDBConnection } from '@duckdb/node-api';
import { sameJson, type ExpectedTable, type Row } from './expected-table';

/** Differences that are told one by one; the others are counted. */
const MOST_TOLD = 10;

/** What a comparison found. Of columns that hold what is personal the differences say no values. */
export interface TableComparison {
  readonly table: string;
  readonly rows: number;
  /** Missing and unexpected rows and cells; empty: the table is what was expected. */
  readonly differences: readonly string[];
}

/** Values of these are told; a key is an id or a time, and names no person. */
const TELLABLE =
  /^(STATE|.*_AT|.*_TS|VALID_.*|SINCE|IS_.*|HAS_.*|.*_COUNT|DUPLICATES|.*_USD|QUANTITY|LINE_NUMBER|DURATION_SECONDS|SESSION_DATE|FAILED_LOGINS|LANDED_ORDER|EVENT_TYPE|REASON|STAGE|RECORD_ID|CONTRACT_VERSION|ORDER_STATE|PAID_CURRENCY|CURRENCY)$/;

/** Compares a table of the database file that `db` has attached, row by row and column by column. */
export async function compareTable(
  db: DuckDBConnection,
  database: string,
  expected: ExpectedTable,
): Promise<TableComparison> {
  const table = `${expected.schema}.${expected.name}`;
  const found = await readTable(db, database, expected);
  return { table, rows: found.length, differences: differencesOf(expected, found) };
}

/** The table's rows in the expected table's notation. */
async function readTable(
  db: DuckDBConnection,
  database: string,
  { schema, name }: ExpectedTable,
): Promise<readonly Row[]> {
  const from = `"${database}"."${schema}"."${name}"`;
  const described = (await db.runAndReadAll(`DESCRIBE ${from}`)).getRows().map((row) => row.map(String));
  const columns = described.map(([column = '', type = '']) => `${notation(column, type)} AS "${column}"`);
  const json = described.filter(([, type]) => type === 'JSON').map(([column = '']) => column);
  const rows = (
    await db.runAndReadAll(`SELECT ${columns.join(', ')} FROM ${from}`)
  ).getRowObjectsJson() as Row[];
  return rows.map((row) => {
    const parsed = json.map((column) => [column, sameJson(JSON.parse(row[column] ?? 'null'))] as const);
    return json.length === 0 ? row : { ...row, ...Object.fromEntries(parsed) };
  });
}

function notation(column: string, type: string): string {
  const quoted = `"${column}"`;
  // Which text says an order is nobody's business: the order is.
  if (column === 'LANDED_ORDER') return `CAST(rank() OVER (ORDER BY ${quoted}) AS VARCHAR)`;
  if (type === 'TIMESTAMP WITH TIME ZONE')
    return `strftime(${quoted} AT TIME ZONE 'UTC', '%Y-%m-%dT%H:%M:%S.%fZ')`;
  return `CAST(${quoted} AS VARCHAR)`;
}

export function differencesOf({ key, rows }: ExpectedTable, found: readonly Row[]): readonly string[] {
  const told: string[] = [];
  let untold = 0;
  const tell = (difference: string): void => {
    if (told.length < MOST_TOLD) told.push(difference);
    else untold++;
  };
  const nameOf = (row: Row): string => key.map((column) => `${column} ${row[column] ?? 'null'}`).join(', ');
  const foundByKey = new Map<string, Row>();
  for (const row of found) {
    const name = nameOf(row);
    if (foundByKey.has(name)) tell(`${name}: is there twice`);
    foundByKey.set(name, row);
  }
  for (const row of rows) {
    const name = nameOf(row);
    const actual = foundByKey.get(name);
    foundByKey.delete(name);
    if (actual === undefined) tell(`${name}: is missing`);
    else for (const difference of cellDifferences(row, actual)) tell(`${name}: ${difference}`);
  }
  for (const name of foundByKey.keys()) tell(`${name}: is not expected`);
  return untold === 0 ? told : [...told, `and ${untold} more`];
}

function* cellDifferences(expected: Row, actual: Row): Generator<string> {
  for (const column of new Set([...Object.keys(expected), ...Object.keys(actual)])) {
    const [want, have] = [expected[column], actual[column]];
    if (want === have) continue;
    if (want === undefined) yield `${column} is a column too many`;
    else if (have === undefined) yield `${column} is no column`;
    else
      yield TELLABLE.test(column)
        ? `${column} is ${have ?? 'null'}, not ${want ?? 'null'}`
        : `${column} differs`;
  }
}
