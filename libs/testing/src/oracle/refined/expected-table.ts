import { decimalText } from './decimal';
import { isoOf, type Instant } from './instant';

/** A row as text, column by column, so that tables of any type compare. */
export type Row = Readonly<Record<string, string | null>>;

/** What a table should hold. */
export interface ExpectedTable {
  readonly schema: 'SILVER' | 'GOLD' | 'OPS';
  readonly name: string;
  readonly key: readonly string[];
  readonly rows: readonly Row[];
}

export const time = (instant: Instant | null): string | null => (instant === null ? null : isoOf(instant));
export const flag = (value: boolean): string => (value ? 'true' : 'false');
export const whole = (value: number | bigint): string => String(value);
export const money = (units: bigint, scale: number): string => decimalText(units, scale);

/** JSON that says the same has the same text: keys in order, no white space. */
export function sameJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
