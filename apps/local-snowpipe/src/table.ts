/** Column types that the lake can hold; a type of another name is refused when the DDL is read. */
export type ColumnKind = 'text' | 'number' | 'boolean' | 'timestamp' | 'variant' | 'array' | 'object';

export interface Column {
  readonly name: string;
  readonly kind: ColumnKind;
  readonly nullable: boolean;
  /** Of a number. */
  readonly precision: number;
  readonly scale: number;
}

export interface Table {
  readonly database: string;
  readonly schema: string;
  readonly name: string;
  readonly columns: readonly Column[];
}

/** Every table has one pipe, which matches columns by name. */
export function defaultPipe(table: Table): string {
  return `${table.name}-STREAMING`;
}
