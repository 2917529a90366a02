import { Undecodable } from './undecodable';

const DAY_MS = 86_400_000;
/** Years that have four digits, as ISO 8601 writes them. */
const FIRST_MS = Date.parse('0000-01-01T00:00:00.000Z');
const LAST_MS = Date.parse('9999-12-31T23:59:59.999Z');

/**
 * A count of units since 1970 as ISO text without a zone, with all its digits.
 * @param digits - of a second's fraction: 3, 6 or 9
 * @throws Undecodable for years that do not have four digits
 */
export function timeStampText(units: number | bigint, digits: 3 | 6 | 9): string {
  if (digits === 3 && typeof units === 'number') return isoOf(units);
  const perMs = 10n ** BigInt(digits - 3);
  const all = BigInt(units);
  const rest = ((all % perMs) + perMs) % perMs;
  const ms = (all - rest) / perMs;
  const text = isoOf(Number(ms));
  return digits === 3 ? text : `${text}${String(rest).padStart(digits - 3, '0')}`;
}

/** Days since 1970. @throws Undecodable */
export function dateText(days: number): string {
  return isoOf(days * DAY_MS).slice(0, 10);
}

/** A count of units since midnight. @throws Undecodable for more than a day has */
export function timeOfDayText(units: number | bigint, digits: 3 | 6): string {
  const perDay = BigInt(DAY_MS) * 10n ** BigInt(digits - 3);
  if (BigInt(units) < 0n || BigInt(units) >= perDay) throw outOfRange();
  return timeStampText(units, digits).slice('1970-01-01T'.length);
}

/** `2026-11-24T10:15:30.123` */
function isoOf(ms: number): string {
  if (!(ms >= FIRST_MS && ms <= LAST_MS)) throw outOfRange();
  return new Date(ms).toISOString().slice(0, -1);
}

export function outOfRange(): Undecodable {
  return new Undecodable('range');
}
