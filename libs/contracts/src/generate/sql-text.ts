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

export function columnList(columns: readonly TableColumn[]): string {
  return columns
    .map(
      ({ name, type, nullable, comment }) =>
        `  ${identifier(name)} ${type}${nullable ? '' : ' NOT NULL'} COMMENT ${literal(comment)}`,
    )
    .join(',\n');
}
