import type { GeneratedEvent } from '@das/testing';

/** Whether a row of a table says the same: an object, written as any serialiser would. */
export function isCsvRow({ value }: GeneratedEvent): boolean {
  if (value === null) return false;
  const text = value.toString();
  try {
    const event: unknown = JSON.parse(text);
    return typeof event === 'object' && event !== null && JSON.stringify(event) === text;
  } catch {
    return false;
  }
}

/** With a header that has each property of any of them; what is nested is JSON, and an empty cell is nothing. */
export function csvText(events: readonly GeneratedEvent[]): string {
  const rows = events.map(({ value }) => JSON.parse(String(value)) as Readonly<Record<string, unknown>>);
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = rows.map((row) => columns.map((column) => cellOf(row[column])).join(','));
  return [columns.join(','), ...lines].map((line) => `${line}\r\n`).join('');
}

function cellOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return `"${text.replaceAll('"', '""')}"`;
}
