import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { quote } from '../quote';
import type { TableName } from '../warehouse';

/** A table's folder in the lake: `<lake>/<DB>/<SCHEMA>/<TABLE>`, each name escaped. */
export interface LakeTable extends TableName {
  readonly folder: string;
  /** No file has been committed yet. */
  readonly isEmpty: boolean;
}

/** As the endpoint writes it into `_columns.json`. */
interface Column {
  readonly name: string;
  readonly kind: string;
  readonly precision: number;
  readonly scale: number;
}

/** The types that the endpoint writes, by kind of column. */
const TYPES: Readonly<Record<string, string>> = {
  text: 'VARCHAR',
  boolean: 'BOOLEAN',
  timestamp: 'TIMESTAMPTZ',
};

export function listTables(lake: string): readonly LakeTable[] {
  const tables: LakeTable[] = [];
  for (const database of folders(lake))
    for (const schema of folders(join(lake, database)))
      for (const name of folders(join(lake, database, schema))) {
        const folder = join(lake, database, schema, name);
        if (!existsSync(join(folder, '_columns.json'))) continue;
        const [db = '', sch = '', table = ''] = [database, schema, name].map(decodeURIComponent);
        tables.push({ database: db, schema: sch, name: table, folder, isEmpty: !hasFiles(folder) });
      }
  return tables;
}

/** What the view of a table selects: its files as they are when the view is asked, or nothing yet. */
export function selectOf({ folder, isEmpty }: LakeTable): string {
  if (!isEmpty) {
    const files = join(folder, '*', '*', '*.parquet').replaceAll("'", "''");
    return `SELECT * FROM read_parquet('${files}', hive_partitioning = false)`;
  }
  const columns = JSON.parse(readFileSync(join(folder, '_columns.json'), 'utf8')) as readonly Column[];
  const nulls = columns.map((column) => `CAST(NULL AS ${typeOf(column)}) AS ${quote(column.name)}`);
  return `SELECT ${nulls.join(', ')} WHERE false`;
}

function typeOf({ kind, precision, scale }: Column): string {
  if (kind === 'number') return scale === 0 && precision <= 18 ? 'BIGINT' : `DECIMAL(${precision}, ${scale})`;
  return TYPES[kind] ?? 'JSON';
}

/** What is not finished, or is not rows, is in folders that begin with an underscore. */
function hasFiles(folder: string): boolean {
  return folders(folder).some((date) =>
    folders(join(folder, date)).some((hour) =>
      readdirSync(join(folder, date, hour)).some((file) => file.endsWith('.parquet')),
    ),
  );
}

function folders(path: string): readonly string[] {
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('_'))
    .map(({ name }) => name);
}
