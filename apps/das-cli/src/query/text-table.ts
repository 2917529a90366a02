import type { Column, Value } from '@das/warehouse';
import type { Layout } from './layout';

const GAP = '  ';
const ELLIPSIS = '…';

/**
 * A table for a person: columns as wide as the rows that it is given first, numbers to the right.
 * @param sample - the first rows, by which widths are chosen
 * @param width - of a line; undefined: as it comes
 */
export function textTable(
  columns: readonly Column[],
  sample: readonly (readonly Value[])[],
  width: number | undefined,
): Layout {
  const cells = sample.map((values) => columns.map((_, index) => cellOf(values[index] ?? null)));
  const wanted = columns.map(({ name }, index) =>
    Math.max(lengthOf(cellOf(name)), ...cells.map((row) => lengthOf(row[index] ?? ''))),
  );
  const widths = width === undefined ? wanted : fitted(wanted, width);
  const line = (texts: readonly string[]): string => {
    const fields = texts.map((text, index) => {
      const most = widths[index] ?? 0;
      const shown = width === undefined ? text : cut(text, most);
      const padding = ' '.repeat(Math.max(0, most - lengthOf(shown)));
      return columns[index]?.type === 'number' ? padding + shown : shown + padding;
    });
    const whole = fields.join(GAP).trimEnd();
    return `${width === undefined ? whole : cut(whole, width)}\n`;
  };
  return {
    begin: () => line(columns.map(({ name }) => cellOf(name))) + line(widths.map((most) => '-'.repeat(most))),
    row: (values) => line(columns.map((_, index) => cellOf(values[index] ?? null))),
    end: () => '',
  };
}

/** The widest columns give way first, until the line fits or nothing is left to give. */
function fitted(wanted: readonly number[], width: number): readonly number[] {
  const room = width - GAP.length * (wanted.length - 1);
  const sum = (most: number): number => wanted.reduce((total, one) => total + Math.min(one, most), 0);
  let most = Math.max(...wanted, 1);
  while (most > 8 && sum(most) > room) most--;
  return wanted.map((one) => Math.min(one, most));
}

/** One line of what can be seen: what a value holds does not move the cursor or colour the terminal. */
function cellOf(value: Value): string {
  if (value === null) return 'null';
  return String(value)
    .replaceAll(/\r?\n/g, '⏎')
    .replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '·');
}

function cut(text: string, most: number): string {
  if (lengthOf(text) <= most) return text;
  return most < 1
    ? ''
    : Array.from(text)
        .slice(0, most - 1)
        .join('') + ELLIPSIS;
}

function lengthOf(text: string): number {
  return Array.from(text).length;
}
