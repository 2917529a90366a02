const GAP = '  ';

/** Rows of cells, each column as wide as its widest cell; indented by two. */
export function alignedLines(rows: readonly (readonly string[])[]): readonly string[] {
  const count = Math.max(0, ...rows.map((cells) => cells.length));
  const widths = Array.from({ length: count }, (_, column) =>
    // The last one ends the line.
    column === count - 1 ? 0 : Math.max(...rows.map((cells) => cells[column]?.length ?? 0)),
  );
  return rows.map((cells) =>
    `  ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(GAP)}`.trimEnd(),
  );
}
