const DAYS: Readonly<Record<string, number>> = { d: 1, w: 7, y: 365 };
const UNITS: Readonly<Record<string, string>> = { s: 's', m: 'm', min: 'm', h: 'h', d: 'd' };

/** `30d`, `2 weeks`, `5y` (of 365 days each), `P400D`, or a number of days. Undefined: it is none of these. */
export function daysOf(said: string | number): number | undefined {
  if (typeof said === 'number') return Number.isInteger(said) && said > 0 ? said : undefined;
  const [, count, unit = ''] = /^P?(\d+) ?(d|day|w|week|y|year)s?$/i.exec(said.trim()) ?? [];
  const days = Number(count) * (DAYS[unit.charAt(0).toLowerCase()] ?? Number.NaN);
  return days > 0 ? days : undefined;
}

/** `10m`, `10 minutes`, `1h`, `PT10M`. Undefined: it is none of these. */
export function timeOf(said: string): { readonly value: number; readonly unit: string } | undefined {
  const [, count, word = ''] =
    /^(?:PT)?(\d+) ?(s|m|h|d|min|second|minute|hour|day)s?$/i.exec(said.trim()) ?? [];
  const unit = UNITS[word.toLowerCase()] ?? UNITS[word.charAt(0).toLowerCase()];
  return unit === undefined || Number(count) <= 0 ? undefined : { value: Number(count), unit };
}

/** `99.9` or `99.9 %`. Undefined: it is no percentage. */
export function percentOf(said: string | number): number | undefined {
  const value = typeof said === 'number' ? said : Number(/^([\d.]+) ?%?$/.exec(said.trim())?.[1] ?? 'none');
  return value > 0 && value <= 100 ? value : undefined;
}
