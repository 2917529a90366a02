import type { AccessBook } from '@das/contracts';
import { identifier, literal, qualified } from '../compile/sql-text';
import type { Environment, MappingRows } from '../expectations/expectation-file';
import { asText, type ScratchTable } from './scratch-tables';

/** One table in one environment. */
export interface Read {
  readonly environment: Environment;
  readonly table: string;
  /** Upper case; an answer has the class of the row before them. */
  readonly columns: readonly string[];
  readonly select: string;
  /** Columns that Snowflake lets nobody show, or some: a statement each, since one of them refuses the whole of it. */
  readonly projected: readonly { readonly column: string; readonly select: string }[];
  /** It is shown in groups alone, to whom the policy says: these are refused its rows. */
  readonly isGrouped: boolean;
  /** The same rows without any policy, with all columns. */
  readonly clear: { readonly columns: readonly string[]; readonly select: string };
}

/** Tables that are read while mapping tables hold the same rows. */
export interface ReadGroup {
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly reads: readonly Read[];
}

/** A table of a run, and what mapping tables of its database hold while it is read. */
export interface TableToRead {
  readonly table: ScratchTable;
  readonly database: string;
  readonly mapping: MappingRows;
}

/** Who added the rows that only a run has. */
const ADDED_BY = 'das policy test';

/** @param put - where a statement runs: each environment has its own schemas */
export function readGroups(
  tables: readonly TableToRead[],
  { rowAccess }: Pick<AccessBook, 'rowAccess'>,
  environments: readonly { readonly environment: Environment; readonly put: (sql: string) => string }[],
): readonly ReadGroup[] {
  const groups = new Map<string, TableToRead[]>();
  for (const one of tables) {
    const key = JSON.stringify(Object.keys(one.mapping).length === 0 ? {} : [one.database, one.mapping]);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  const everywhere = <T>(make: (put: (sql: string) => string, environment: Environment) => readonly T[]) =>
    environments.flatMap(({ put, environment }) => make(put, environment));
  return [...groups.values()].map((some) => {
    const [{ database, mapping } = { database: '', mapping: {} }] = some;
    return {
      before: everywhere((put) =>
        Object.entries(mapping).map(([name, rows]) =>
          put(inserting(database, name, rows, Object.keys(rowAccess.mappings[name]?.columns ?? {}))),
        ),
      ),
      after: everywhere((put) =>
        Object.keys(mapping).map((name) =>
          put(`DELETE FROM ${qualified(database, 'OPS', name)} WHERE "ADDED_BY" = ${literal(ADDED_BY)}`),
        ),
      ),
      reads: everywhere((put, environment) => some.map(({ table }) => readOf(table, environment, put))),
    };
  });
}

function inserting(
  database: string,
  name: string,
  rows: readonly (readonly string[])[],
  columns: readonly string[],
): string {
  const names = [...columns, 'ADDED_BY'].map(identifier).join(', ');
  const values = rows.map((row) => `(${[...row, ADDED_BY].map(literal).join(', ')})`).join(', ');
  return `INSERT INTO ${qualified(database, 'OPS', name)} (${names}) VALUES ${values}`;
}

function readOf(table: ScratchTable, environment: Environment, put: (sql: string) => string): Read {
  const select = (columns: readonly string[]): string =>
    put(`SELECT ${['"ROW_CLASS"', ...columns.map(asText)].join(', ')} FROM ${table.name}`);
  const free = table.columns.filter((column) => !table.projected.includes(column));
  return {
    environment,
    table: table.table,
    columns: free,
    select: select(free),
    projected: table.projected.map((column) => ({ column, select: select([column]) })),
    isGrouped: table.isGrouped,
    clear: { columns: table.columns, select: table.clear },
  };
}
