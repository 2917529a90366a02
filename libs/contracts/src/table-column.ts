/** A column of a generated table. */
export interface TableColumn {
  readonly name: string;
  /** Snowflake type. */
  readonly type: string;
  readonly nullable: boolean;
  readonly comment: string;
}

export const column = (name: string, type: string, comment: string): TableColumn => ({
  name,
  type,
  nullable: true,
  comment,
});

export const always = (name: string, type: string, comment: string): TableColumn => ({
  name,
  type,
  nullable: false,
  comment,
});
