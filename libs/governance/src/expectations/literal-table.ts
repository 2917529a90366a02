import type { GovernedTable } from '@das/contracts';
import type { DuckDBConnection } from '@duckdb/node-api';
import { duckLiteral, identifier } from '../compile/sql-text';
import type { Literal, TableExpectations } from './expectation-file';

/** Tells the rows of a literal table apart. */
export const ROW_CLASS = 'ROW_CLASS';

/** The class of a row is no column that a policy knows: it is carried beside them. */
export const CLASS_COLUMN = {
  name: ROW_CLASS,
  type: 'VARCHAR',
  nullable: false,
  classification: 'public',
} as const;

/** A table of DuckDB that has the rows which expectations name. */
export async function fill(
  db: DuckDBConnection,
  { name, columns }: GovernedTable,
  rows: TableExpectations['rows'],
): Promise<void> {
  const types = columns.map((column) => `${identifier(column.name)} ${duckType(column.type)}`);
  await db.run(
    `CREATE OR REPLACE TABLE ${identifier(name)} (${[...types, `${identifier(ROW_CLASS)} VARCHAR`].join(', ')})`,
  );
  for (const [rowClass, values] of rows) {
    const given = columns.map((column) => values[column.name.toLowerCase()] ?? null);
    const sql = [...given, rowClass].map(duckValue).join(', ');
    await db.run(`INSERT INTO ${identifier(name)} VALUES (${sql})`);
  }
}

/** What a SELECT shows, by class of rows; every value as text. */
export async function rowsShown(
  db: DuckDBConnection,
  { columns }: Pick<GovernedTable, 'columns'>,
  select: string,
): Promise<ReadonlyMap<string, Readonly<Record<string, string | null>>>> {
  const texts = columns.map(({ name }) => `${identifier(name)}::VARCHAR`);
  const found = await db.runAndReadAll(
    `SELECT ${[identifier(ROW_CLASS), ...texts].join(', ')} FROM (${select}) AS shown`,
  );
  return new Map(
    found.getRows().map(([rowClass, ...values]) => [
      String(rowClass),
      Object.fromEntries(
        columns.map(({ name }, index) => {
          const value = values[index];
          return [name.toLowerCase(), value === null || value === undefined ? null : String(value)];
        }),
      ),
    ]),
  );
}

function duckType(type: string): string {
  if (type.startsWith('NUMBER')) return type.replace('NUMBER', 'DECIMAL');
  return { TIMESTAMP_TZ: 'TIMESTAMPTZ', VARIANT: 'JSON', ARRAY: 'JSON', OBJECT: 'JSON' }[type] ?? type;
}

function duckValue(value: Literal): string {
  if (value === null) return 'NULL';
  return typeof value === 'string' ? duckLiteral(value) : String(value);
}
