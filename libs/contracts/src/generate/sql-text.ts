import type { TableColumn } from '../table-column';

export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A name of several parts, each quoted. */
export function qualified(...parts: readonly string[]): string {
  return parts.map(identifier).join('.');
}

/** @param clauses - of a column, what stands between its type and its comment */
export function columnList(
  columns: readonly TableColumn[],
  clauses: (column: TableColumn) => string = () => '',
): string {
  return columns
    .map(
      (column) =>
        `  ${identifier(column.name)} ${column.type}${column.nullable ? '' : ' NOT NULL'}${clauses(column)} COMMENT ${literal(column.comment)}`,
    )
    .join(',\n');
}
