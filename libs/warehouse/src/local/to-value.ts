import type * as DuckDb from '@duckdb/node-api';
import type { DuckDBType, DuckDBValue } from '@duckdb/node-api';
import { numberOf } from '../number-of';
import type { Column, Value } from '../warehouse';

export interface Conversion {
  readonly type: Column['type'];
  convert(value: DuckDBValue): Value;
}

/** How a column's values become the port's. */
export function conversionOf(type: DuckDBType, duckdb: typeof DuckDb): Conversion {
  const { DuckDBTypeId: Id } = duckdb;
  const asText = (value: DuckDBValue): Value => (value === null ? null : String(value));
  switch (type.typeId) {
    case Id.BOOLEAN:
      return { type: 'boolean', convert: (value) => value as boolean | null };
    case Id.TINYINT:
    case Id.SMALLINT:
    case Id.INTEGER:
    case Id.BIGINT:
    case Id.HUGEINT:
    case Id.UTINYINT:
    case Id.USMALLINT:
    case Id.UINTEGER:
    case Id.UBIGINT:
    case Id.UHUGEINT:
    case Id.FLOAT:
    case Id.DOUBLE:
    case Id.DECIMAL:
      return { type: 'number', convert: toNumber };
    case Id.DATE:
      return { type: 'date', convert: asText };
    case Id.TIMESTAMP:
    case Id.TIMESTAMP_TZ:
      return { type: 'time stamp', convert: toTime };
    case Id.LIST:
    case Id.ARRAY:
    case Id.STRUCT:
    case Id.MAP:
    case Id.UNION: {
      const toJson = duckdb.JsonDuckDBValueConverter;
      return {
        type: 'json',
        convert: (value) => (value === null ? null : JSON.stringify(toJson(value, type, toJson))),
      };
    }
    case Id.VARCHAR:
      return { type: type.alias === 'JSON' ? 'json' : 'text', convert: asText };
    default:
      return { type: 'other', convert: asText };
  }
}

function toNumber(value: DuckDBValue): Value {
  if (value === null) return null;
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  return numberOf(String(value));
}

/** A time without a zone is taken as UTC. */
function toTime(value: DuckDBValue): Value {
  if (value === null) return null;
  const { micros } = value as { readonly micros: bigint };
  const date = new Date(Math.floor(Number(micros) / 1000));
  // DuckDB has infinity, and years that a Date cannot hold.
  return Number.isNaN(date.getTime()) ? String(value) : date.toISOString();
}
