const MEANS_SOMETHING = /(`[^`]*`)|[<>&*|[\]\\]/g;
const ENTITIES: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;' };

/** A contract's text as Markdown that shows it: only what stands between back-ticks is code. */
export function prose(text: string): string {
  return text.replace(MEANS_SOMETHING, (found: string, code: string | undefined) =>
    // A bar ends a table's cell even in code.
    code === undefined ? (ENTITIES[found] ?? `\\${found}`) : code.replaceAll('|', '\\|'),
  );
}

/** As `prose`; each line is a paragraph, since YAML folded the lines within. */
export function paragraphs(text: string): string {
  return prose(text).replace(/\n+/g, '\n\n');
}

/** @param rows - Markdown; a line break would end the row */
export function markdownTable(
  header: readonly string[],
  rows: readonly (readonly string[])[],
): readonly string[] {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replace(/\s*\n\s*/g, ' ').trim()).join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)];
}

/** Names as code, or what is said where there is none. */
export function codes(names: readonly string[], otherwise = 'none'): string {
  return names.length === 0 ? otherwise : names.map((name) => `\`${name}\``).join(', ');
}

/** Seconds in the greatest unit that divides them. */
export function inWords(seconds: number): string {
  const [unit, length] = (
    [
      ['day', 86_400],
      ['hour', 3600],
      ['minute', 60],
    ] as const
  ).find(([, length]) => seconds % length === 0) ?? ['second', 1];
  const count = seconds / length;
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
