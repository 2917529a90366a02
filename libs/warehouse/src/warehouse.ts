/** A value to bind to a `?`. */
export type Bind = string | number | boolean | null;

/**
 * A value as it comes back, the same from every warehouse:
 * - a number, where a double holds its every digit: whole up to 2^53, decimals of up to 15 digits; else its text
 * - a date as `2026-01-02`; a time stamp as ISO 8601 in UTC, to the millisecond
 * - a VARIANT, an ARRAY or an OBJECT as JSON text, with every digit that was sent
 */
export type Value = string | number | boolean | null;

export type Row = Readonly<Record<string, Value>>;

export interface Column {
  readonly name: string;
  readonly type: 'number' | 'boolean' | 'text' | 'date' | 'time stamp' | 'json' | 'other';
}

/** Where a VARIANT column holds something: keys from its root, `[]` for each item of an array. */
export interface Place {
  readonly table: TableName;
  readonly column: string;
  readonly path: readonly string[];
}

export interface TableName {
  readonly database: string;
  readonly schema: string;
  readonly name: string;
}

export interface QueryOptions {
  /** Ends the query where it runs. */
  readonly signal?: AbortSignal;
  /** Snowflake alone: takes SHOW and DESCRIBE, too, which tell what the account has. */
  readonly mayShow?: boolean;
}

/** What a SELECT answers: its columns are known before its first row. */
export interface Answer {
  readonly columns: readonly Column[];
  /** Each row once, in memory as long as it is looked at; values stand as the columns do. */
  readonly rows: AsyncIterable<readonly Value[]>;
  /** Lets go of it, also in the middle. Idempotent. */
  close(): Promise<void>;
}

/**
 * Read access to tables named `"DB"."SCHEMA"."TABLE"`, on either target. SQL is the part that both understand:
 * quoted identifiers, bound values, `CAST(… AS DECIMAL(38,0))`, `TIMESTAMPTZ` and `VARCHAR` as types.
 */
export interface Warehouse {
  /**
   * One SELECT, row by row. It sees everything that was committed before it began, and keeps seeing just that.
   * @throws Failure
   */
  query(sql: string, binds?: readonly Bind[], options?: QueryOptions): AsyncIterable<Row>;
  /**
   * The same with its columns. Whoever asks closes it.
   * @throws Failure
   */
  ask(sql: string, binds?: readonly Bind[], options?: QueryOptions): Promise<Answer>;
  /** A SELECT with one column, VALUE: the text of whatever is at a place, a row for each item, or null. */
  textsAt(place: Place): string;
  /** Idempotent. */
  close(): Promise<void>;
}
