import { Failure } from '@das/pipeline';

const SQL_MISTAKE = 'warehouse_sql';

/**
 * The SQL itself is wrong, and whoever wrote it mends it. The message names places in the SQL, names that stand in it,
 * and names of tables and columns; never a value, and nothing that was read.
 * @param at - offset in the SQL from 0
 */
export function sqlMistake(
  sql: string,
  message: string,
  {
    at,
    cure,
    cause,
  }: { readonly at?: number | undefined; readonly cure?: string; readonly cause?: unknown } = {},
): Failure {
  return new Failure('unknown', SQL_MISTAKE, at === undefined ? message : `${placeOf(sql, at)}: ${message}`, {
    ...(cure !== undefined && { cure }),
    ...(cause !== undefined && { cause }),
  });
}

export function notRead(sql: string): Failure {
  return sqlMistake(sql, 'only one SELECT is read, and nothing else is done');
}

function placeOf(sql: string, at: number): string {
  const before = sql.slice(0, at).split('\n');
  return `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}

/** Whether whoever wrote the SQL can mend it. */
export function isSqlMistake(thrown: unknown): thrown is Failure {
  return thrown instanceof Failure && thrown.code === SQL_MISTAKE;
}
