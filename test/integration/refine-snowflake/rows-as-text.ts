import { DuckDBInstance } from '@duckdb/node-api';
import type { SnowflakeStandIn } from '@das/testing';

/** A table as the local target has it. */
export interface TableShape {
  readonly schema: string;
  readonly name: string;
  /** With DuckDB's types, in order. */
  readonly columns: readonly { readonly name: string; readonly type: string }[];
}

type Texts = readonly (string | null)[];

/** What is a time is text to the microsecond in UTC; a document is told by its values and not by its spaces. */
const UTC = {
  duckdb: (column: string) => `strftime(${column} AT TIME ZONE 'UTC', '%Y-%m-%dT%H:%M:%S.%f')`,
  snowflake: (column: string) => `to_char(convert_timezone('UTC', ${column}), 'YYYY-MM-DD"T"HH24:MI:SS.FF6')`,
};

function select(database: string, { schema, name, columns }: TableShape, target: keyof typeof UTC): string {
  const texts = columns.map((column) =>
    column.type === 'TIMESTAMP WITH TIME ZONE'
      ? UTC[target](`"${column.name}"`)
      : `cast("${column.name}" as varchar)`,
  );
  return `select ${texts.join(', ')} from "${database}"."${schema}"."${name}"`;
}

/** The tables of a database file and their rows, each row one text; sorted. */
export async function localTables(
  file: string,
  database: string,
): Promise<{
  readonly shapes: readonly TableShape[];
  rowsOf(shape: TableShape): Promise<string[]>;
  close(): void;
}> {
  const instance = await DuckDBInstance.create(':memory:');
  const db = await instance.connect();
  await db.run(`ATTACH '${file.replaceAll("'", "''")}' AS "${database}" (READ_ONLY)`);
  const found = await db.runAndReadAll(
    `SELECT table_schema, table_name, column_name, data_type FROM information_schema.columns
     WHERE table_catalog = '${database}' AND table_name <> 'CONSUMED_FILES'
     ORDER BY table_schema, table_name, ordinal_position`,
  );
  const shapes = new Map<string, TableShape>();
  for (const [schema, name, column, type] of found.getRows().map((row) => row.map(String))) {
    if (schema === undefined || name === undefined || column === undefined || type === undefined) continue;
    const key = `${schema}.${name}`;
    const before = shapes.get(key)?.columns ?? [];
    shapes.set(key, { schema, name, columns: [...before, { name: column, type }] });
  }
  return {
    shapes: [...shapes.values()],
    async rowsOf(shape) {
      const rows = (await db.runAndReadAll(select(database, shape, 'duckdb'))).getRows() as Texts[];
      return asText(shape, rows);
    },
    close() {
      db.closeSync();
      instance.closeSync();
    },
  };
}

/** The same of a table on the stand-in. */
export function snowflakeRows(snowflake: SnowflakeStandIn, database: string, shape: TableShape): string[] {
  return asText(shape, snowflake.run([select(database, shape, 'snowflake')]));
}

/** The columns of a table on the stand-in, in order. */
export function snowflakeColumns(
  snowflake: SnowflakeStandIn,
  database: string,
  { schema, name }: TableShape,
): readonly string[] {
  const rows = snowflake.run([
    `select column_name from "${database}".information_schema.columns
     where table_schema = '${schema}' and table_name = '${name}' order by ordinal_position`,
  ]);
  return rows.map(([column]) => String(column));
}

function asText({ columns }: TableShape, rows: readonly Texts[]): string[] {
  return rows
    .map((row) =>
      JSON.stringify(
        row.map((value, index) =>
          columns[index]?.type === 'JSON' && value !== null ? sorted(value) : value,
        ),
      ),
    )
    .sort();
}

/** A document whose keys stand in the order of the alphabet. */
function sorted(document: string): string {
  return JSON.stringify(JSON.parse(document), (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
      : value,
  );
}
