const LENGTH = '2026-01-01T00:00:00.000Z'.length;
const ZERO = 0x30;

/**
 * Epoch milliseconds of an ISO 8601 time; NaN where it is none. What `Date.prototype.toISOString` writes is read
 * digit by digit, for a third of what `Date.parse` takes, which reads everything else.
 */
export function utcMs(text: string): number {
  if (text.length !== LENGTH || text[10] !== 'T' || text[19] !== '.' || text[23] !== 'Z')
    return Date.parse(text);
  const [month, day, hour, minute] = [two(text, 5), two(text, 8), two(text, 11), two(text, 14)];
  // The 29th to the 31st are days of some months only.
  if (!(month >= 1 && month <= 12 && day >= 1 && day <= 28 && hour <= 23 && minute <= 59))
    return Date.parse(text);
  const year = two(text, 0) * 100 + two(text, 2);
  const second = two(text, 17);
  const ms = two(text, 20) * 10 + digit(text, 22);
  const separated = text[4] === '-' && text[7] === '-' && text[13] === ':' && text[16] === ':';
  if (!(separated && year >= 100 && second <= 59 && ms <= 999)) return Date.parse(text);
  return Date.UTC(year, month - 1, day, hour, minute, second, ms);
}

function two(text: string, at: number): number {
  return digit(text, at) * 10 + digit(text, at + 1);
}

/** NaN for what is no digit, so that no comparison holds. */
function digit(text: string, at: number): number {
  const value = text.charCodeAt(at) - ZERO;
  return value >= 0 && value <= 9 ? value : NaN;
}
