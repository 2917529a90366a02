/** Microseconds since 1970, the finest that both warehouses keep: a safe integer until the year 2255. */
export type Instant = number;

export const MILLISECOND: Instant = 1_000;
export const SECOND: Instant = 1_000_000;

const ISO = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|[+-]\d\d:?\d\d)$/i;

/** @throws Error for what is no ISO 8601 time with an offset */
export function instantOf(iso: string): Instant {
  const [, date, time, fraction = '', offset = ''] = ISO.exec(iso) ?? [];
  const wholeMs = date === undefined ? NaN : Date.parse(`${date}T${time}${offset.toUpperCase()}`);
  if (Number.isNaN(wholeMs)) throw new Error('not a time with an offset');
  return wholeMs * 1_000 + Number(fraction.slice(0, 6).padEnd(6, '0'));
}

/** `2026-01-31T23:59:59.123456Z` */
export function isoOf(instant: Instant): string {
  const micros = ((instant % SECOND) + SECOND) % SECOND;
  const seconds = new Date((instant - micros) / 1_000).toISOString().slice(0, 19);
  return `${seconds}.${String(micros).padStart(6, '0')}Z`;
}

/** The day in UTC: `2026-01-31` */
export function dayOf(instant: Instant): string {
  return isoOf(instant).slice(0, 10);
}
