/** A value to bind to a `?`. */
export type Bind = string | number | boolean | null;

/**
 * A value as it comes back, the same from every warehouse: a time is ISO 8601 in UTC, a VARIANT or an ARRAY is
 * JSON text, and a whole number beyond 2^53 is text.
 */
export type Value = string | number | boolean | null;

export type Row = Readonly<Record<string, Value>>;

/** Where a VARIANT column holds something: keys from its root, `[]` for each item of an array. */
export interface Place {
  readonly table: { readonly database: string; readonly schema: string; readonly name: string };
  readonly column: string;
  readonly path: readonly string[];
}

/**
 * Read access to tables named `"DB"."SCHEMA"."TABLE"`, on either target. SQL is the part that both understand:
 * quoted identifiers, bound values, `CAST(… AS DECIMAL(38,0))`, `TIMESTAMPTZ` and `VARCHAR` as types.
 */
export interface Warehouse {
  /**
   * One SELECT, row by row. It sees everything that was committed before it began.
   * @param options.signal - ends the query where it runs
   * @throws Failure
   */
  query(
    sql: string,
    binds?: readonly Bind[],
    options?: { readonly signal?: AbortSignal },
  ): AsyncIterable<Row>;
  /** A SELECT with one column, VALUE: the text of whatever is at a place, a row for each item, or null. */
  textsAt(place: Place): string;
  /** Idempotent. */
  close(): Promise<void>;
}
