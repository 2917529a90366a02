import type { Column as DriverColumn } from 'snowflake-sdk';
import { numberOf } from '../number-of';
import type { Column, Value } from '../warehouse';

const TYPES: Readonly<Record<string, Column['type']>> = {
  fixed: 'number',
  real: 'number',
  text: 'text',
  boolean: 'boolean',
  date: 'date',
  timestamp_tz: 'time stamp',
  timestamp_ltz: 'time stamp',
  timestamp_ntz: 'time stamp',
  variant: 'json',
  array: 'json',
  object: 'json',
};

/** The driver's text for a number that is null. */
const NULL_NUMBER = 'NULL';
const DATE_LENGTH = '2026-01-02'.length;

export function columnOf(column: DriverColumn): Column {
  return { name: column.getName(), type: TYPES[column.getType()] ?? 'other' };
}

/** What the driver makes of a column's values, as every warehouse returns it. Numbers come as their text. */
export function toValue(value: unknown, type: Column['type']): Value {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' && type === 'number') return value === NULL_NUMBER ? null : numberOf(value);
  if (value instanceof Date) {
    const iso = value.toISOString();
    return type === 'date' ? iso.slice(0, DATE_LENGTH) : iso;
  }
  if (typeof value === 'boolean' || typeof value === 'string') return value;
  return Buffer.isBuffer(value) ? value.toString('hex').toUpperCase() : JSON.stringify(value);
}
