const GAP = '  ';

/** Rows of cells, each column as wide as its widest cell. @param indent - before each line */
export function alignedLines(rows: readonly (readonly string[])[], indent = GAP): readonly string[] {
  const count = Math.max(0, ...rows.map((cells) => cells.length));
  const widths = Array.from({ length: count }, (_, column) =>
    Math.max(...rows.map((cells) => cells[column]?.length ?? 0)),
  );
  return rows.map((cells) =>
    `${indent}${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(GAP)}`.trimEnd(),
  );
}
