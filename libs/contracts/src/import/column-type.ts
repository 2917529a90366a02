import type { OdcsProperty } from '../odcs';

/** A type as ODCS and Snowflake have it. */
export type ColumnType = Pick<OdcsProperty, 'logicalType' | 'physicalType'> & { readonly maxLength?: number };

const PLAIN: Readonly<Record<string, ColumnType>> = {
  string: { logicalType: 'string', physicalType: 'VARCHAR' },
  text: { logicalType: 'string', physicalType: 'VARCHAR' },
  varchar: { logicalType: 'string', physicalType: 'VARCHAR' },
  uuid: { logicalType: 'string', physicalType: 'VARCHAR' },
  int: { logicalType: 'integer', physicalType: 'NUMBER(38,0)' },
  integer: { logicalType: 'integer', physicalType: 'NUMBER(38,0)' },
  bigint: { logicalType: 'integer', physicalType: 'NUMBER(38,0)' },
  bool: { logicalType: 'boolean', physicalType: 'BOOLEAN' },
  boolean: { logicalType: 'boolean', physicalType: 'BOOLEAN' },
  date: { logicalType: 'date', physicalType: 'DATE' },
  timestamp: { logicalType: 'timestamp', physicalType: 'TIMESTAMP_TZ' },
  timestamp_tz: { logicalType: 'timestamp', physicalType: 'TIMESTAMP_TZ' },
  object: { logicalType: 'object' },
  array: { logicalType: 'array' },
};

/** How a type is said that is understood. */
export const TYPES = 'string, varchar(n), integer, decimal(p,s), boolean, date, timestamp, object, array';

/** Undefined: it says too little, as `decimal` does, or nothing that is known. */
export function columnType(said: string): ColumnType | undefined {
  const [, word = '', first, second] = /^(\w+)(?: ?\( ?(\d+) ?(?:, ?(\d+) ?)?\))?$/.exec(said.trim()) ?? [];
  const name = word.toLowerCase();
  if (first === undefined) return PLAIN[name];
  if (name === 'varchar' || name === 'string')
    return second === undefined
      ? { logicalType: 'string', physicalType: 'VARCHAR', maxLength: Number(first) }
      : undefined;
  if (!['decimal', 'number', 'numeric'].includes(name)) return undefined;
  const scale = Number(second ?? 0);
  if (Number(first) < 1 || Number(first) > 38 || scale > Number(first)) return undefined;
  return { logicalType: scale === 0 ? 'integer' : 'number', physicalType: `NUMBER(${first},${scale})` };
}
