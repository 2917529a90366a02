import type Ajv from 'ajv/dist/2020';

/** RFC 3339 as every time stamp column takes it: `T`, `Z` or hours and minutes, at most nanoseconds, no leap second. */
const STORABLE =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;
const DAY = 8;
const FIRST_MS = Date.parse('0001-01-01T00:00:00Z');
const END_MS = Date.parse('+010000-01-01T00:00:00Z');
/** Every month has it. */
const LAST_SAFE_DAY = '28';

/**
 * A `date-time` that passes must fit its column: a row with one that does not would be rejected by the table, which
 * is a loss. The library takes leap seconds, a space for the `T`, and zones without minutes or a colon, too.
 */
export function addTimeStamps(ajv: Ajv): void {
  ajv.addFormat('date-time', (text: string) => {
    if (!STORABLE.test(text) || (mayLeaveTheCalendar(text) && !hasYear(text))) return false;
    return text.slice(DAY, DAY + 2) <= LAST_SAFE_DAY || isDay(text);
  });
}

function mayLeaveTheCalendar(text: string): boolean {
  return text < '0002' || text >= '9999-12-31';
}

/** In UTC it is of a year from 1 to 9999: no column is sure to keep another. */
function hasYear(text: string): boolean {
  const ms = Date.parse(text);
  return ms >= FIRST_MS && ms < END_MS;
}

/** The 29th to the 31st: the date is one where it comes back as it was. */
function isDay(text: string): boolean {
  const date = text.slice(0, DAY + 2);
  const ms = Date.parse(`${date}T00:00:00Z`);
  return new Date(ms).toISOString().startsWith(date);
}
