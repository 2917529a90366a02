import type { Column, Value } from '@das/warehouse';

/** A form of a result: what stands before its rows, each row, and what stands after them. */
export interface Layout {
  begin(): string;
  row(values: readonly Value[]): string;
  end(): string;
}

/** RFC 4180 with a header; null is nothing, and an empty text is `""`. */
export function csvLayout(columns: readonly Column[]): Layout {
  const line = (values: readonly Value[]): string => `${values.map(csvField).join(',')}\r\n`;
  return { begin: () => line(columns.map(({ name }) => name)), row: line, end: () => '' };
}

function csvField(value: Value): string {
  if (value === null) return '';
  const text = String(value);
  return text === '' || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** One JSON array of an object for each row. The columns' names must be distinct. */
export function jsonLayout(columns: readonly Column[]): Layout {
  const keys = columns.map(({ name }) => JSON.stringify(name));
  let count = 0;
  return {
    begin: () => '[',
    row: (values) => {
      const fields = keys.map((key, index) => `${key}:${JSON.stringify(values[index] ?? null)}`);
      return `${count++ === 0 ? '' : ','}\n{${fields.join(',')}}`;
    },
    end: () => (count === 0 ? ']\n' : '\n]\n'),
  };
}
