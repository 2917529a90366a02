import { AUDIT_COLUMNS, BRONZE_COLUMNS, REKEY_COLUMNS } from '@das/contracts';

/** A column as the local endpoint describes it in `_columns.json`. */
export interface LakeColumn {
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

type ContractColumn = (typeof BRONZE_COLUMNS)[number];

/** @throws Error for a type that no table of ours has */
function lakeColumn({ name, type, nullable }: ContractColumn): LakeColumn {
  const [, word = '', precision = '38', scale = '0'] = /^(\w+)(?:\((\d+),(\d+)\))?$/.exec(type) ?? [];
  const kind = KINDS[word];
  if (kind === undefined) throw new Error(`${name}: no lake holds a ${type}`);
  return { name, kind, nullable, precision: Number(precision), scale: Number(scale) };
}

/** What DuckDB stores a column as. */
export const duckType = ({ kind }: LakeColumn): string => TYPES[kind];

export function bronzeTable(table: Omit<LakeTable, 'columns'>): LakeTable {
  return { ...table, columns: BRONZE_COLUMNS.map(lakeColumn) };
}

export function auditTable(database: string): LakeTable {
  return { database, schema: 'OPS', name: 'DEAD_LETTER_AUDIT', columns: AUDIT_COLUMNS.map(lakeColumn) };
}

export function rekeyTable(database: string): LakeTable {
  return { database, schema: 'OPS', name: 'TOKEN_REKEYS', columns: REKEY_COLUMNS.map(lakeColumn) };
}
