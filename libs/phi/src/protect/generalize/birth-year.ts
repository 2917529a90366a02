/** An age from here on is told by itself: the safe harbour of HIPAA puts all of them together. */
const OLDEST = 90;
/** The earliest time zone is this far ahead of UTC: somewhere the next year has begun. */
const EARLIEST_ZONE_MS = 14 * 3_600_000;

/** ISO 8601 with or without a time, and without separators; a year alone; a written date that ends with its year. */
const FORMS = [
  /^(\d{4})(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01])(?:[T ].*)?)?)?$/,
  /^(\d{4})(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/,
  /^\d{1,2}[./-]\d{1,2}[./-](\d{4})$/,
];

/**
 * `1984-03-02` to `1984`; `90+` where the year says an age over 89, which a year of birth must not
 * (45 CFR 164.514(b)(2)(i)(C)). Whoever turns 90 this year counts as 90: the year alone does not say when.
 * @param now - epoch milliseconds
 * @returns undefined for what is no date, or none that has been
 */
export function birthYear(text: string, now: number): string | undefined {
  const digits = FORMS.map((form) => form.exec(text.trim())?.[1]).find((year) => year !== undefined);
  if (digits === undefined) return undefined;
  const age = new Date(now + EARLIEST_ZONE_MS).getUTCFullYear() - Number(digits);
  if (age < 0) return undefined;
  return age >= OLDEST ? '90+' : digits;
}
