import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A column as the local endpoint describes it in `_columns.json`. */
interface LakeColumn {
  readonly name: string;
  readonly kind: 'text' | 'number' | 'boolean' | 'timestamp' | 'variant' | 'array';
  readonly nullable: boolean;
  readonly precision: number;
  readonly scale: number;
}

export interface LakeTable {
  readonly database: string;
  readonly schema: string;
  readonly name: string;
  readonly columns: readonly LakeColumn[];
}

const SQL = join(__dirname, '..', '..', '..', '..', 'sql');

const KINDS: Readonly<Record<string, LakeColumn['kind']>> = {
  VARCHAR: 'text',
  NUMBER: 'number',
  BOOLEAN: 'boolean',
  TIMESTAMP_TZ: 'timestamp',
  VARIANT: 'variant',
  ARRAY: 'array',
};

const TYPES: Readonly<Record<LakeColumn['kind'], string>> = {
  text: 'VARCHAR',
  number: 'BIGINT',
  boolean: 'BOOLEAN',
  timestamp: 'TIMESTAMPTZ',
  variant: 'JSON',
  array: 'JSON',
};

/** What DuckDB stores a column as. */
export const duckType = ({ kind }: LakeColumn): string => TYPES[kind];

/** The table that a generated file of `sql/` creates, one column a line. @throws Error for a type that no lake holds */
export function tableOfDdl(file: string): LakeTable {
  const ddl = readFileSync(join(SQL, file), 'utf8');
  const [, database = '', schema = '', name = ''] =
    /^CREATE TABLE IF NOT EXISTS "(\w+)"\."(\w+)"\."(\w+)" \($/m.exec(ddl) ?? [];
  const lines = ddl.matchAll(/^ {2}"(\w+)" (\w+)(?:\((\d+),(\d+)\))?( NOT NULL)?/gm);
  const columns = [...lines].map(([, column = '', type = '', precision = '38', scale = '0', always]) => {
    const kind = KINDS[type];
    if (kind === undefined) throw new Error(`${file}: no lake of a test holds a ${type}`);
    return {
      name: column,
      kind,
      nullable: always === undefined,
      precision: Number(precision),
      scale: Number(scale),
    };
  });
  return { database, schema, name, columns };
}
