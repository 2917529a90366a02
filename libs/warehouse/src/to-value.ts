import type { Value } from './warehouse';

/** What a driver returns, as every warehouse returns it. */
export function toValue(value: unknown): Value {
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'boolean':
      return value;
    case 'bigint':
      return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
    case 'object':
      if (value === null) return null;
      return value instanceof Date ? value.toISOString() : JSON.stringify(value);
    default:
      return null;
  }
}
