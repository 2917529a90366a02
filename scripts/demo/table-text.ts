/** Rows whose columns stand below each other; those that are numbers to the right. @param indent - before each */
export function tableText(rows: readonly (readonly string[])[], indent = '  '): string {
  const widths = (rows[0] ?? []).map((_, index) => Math.max(...rows.map((row) => row[index]?.length ?? 0)));
  const isNumber = widths.map((_, index) => rows.slice(1).every((row) => /^[\d,.]+$/.test(row[index] ?? '')));
  return rows
    .map((row) => {
      const cells = row.map((cell, index) =>
        isNumber[index] === true ? cell.padStart(widths[index] ?? 0) : cell.padEnd(widths[index] ?? 0),
      );
      return `${indent}${cells.join('  ')}`.trimEnd();
    })
    .join('\n');
}
