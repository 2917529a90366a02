import type { OdcsProperty } from './odcs';
import { protectionOf } from './protected-properties';

/** Local readers read a number with a fraction to this many significant digits. */
const READ_DIGITS = 15;
const DECIMAL = /^NUMBER\((\d{1,2}),(\d{1,2})\)$/;

/** The columns of numbers whose contract says none. */
export const NUMBER_TYPES = { number: 'NUMBER(38,9)', integer: 'NUMBER(38,0)' } as const;

export function isNumber(
  property: OdcsProperty,
): property is OdcsProperty & { logicalType: 'number' | 'integer' } {
  return property.logicalType === 'number' || property.logicalType === 'integer';
}

/** `NUMBER(12,2)` */
export function isDecimal(type: string): boolean {
  return DECIMAL.test(type);
}

/**
 * The numbers that a property's column can hold: what is declared, and no more than the column's type. One outside
 * would land and be null in SILVER, which stops every later build where it is required. Undefined: it is no number,
 * or does not land as one.
 */
export function numberRange(property: OdcsProperty): { minimum: number; maximum: number } | undefined {
  if (!isNumber(property) || protectionOf(property) !== 'clear') return undefined;
  const limit = greatest(property.physicalType ?? NUMBER_TYPES[property.logicalType]);
  if (limit === undefined) return undefined;
  const { minimum, maximum } = property.logicalTypeOptions ?? {};
  return {
    minimum: Math.max(-limit, typeof minimum === 'number' ? minimum : -limit),
    maximum: Math.min(limit, typeof maximum === 'number' ? maximum : limit),
  };
}

/** All nines, and no more of them than stay nines wherever the number is read: the next would be rounded up. */
function greatest(type: string): number | undefined {
  const [, precision, scale] = DECIMAL.exec(type) ?? [];
  if (precision === undefined || scale === undefined) return undefined;
  const digits = Math.min(Number(precision), READ_DIGITS);
  return Number(`${'9'.repeat(digits)}e${Number(precision) - Number(scale) - digits}`);
}
