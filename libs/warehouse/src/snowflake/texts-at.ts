import { quote, tableOf } from '../quote';
import type { Place } from '../warehouse';

/** Snowflake's way to every text at a place: each `[]` is a FLATTEN of its own, and what is missing is null. */
export function textsAt({ table, column, path }: Place): string {
  const from = [`${tableOf(table)} t`];
  let value = `t.${quote(column)}`;
  for (const key of path) {
    if (key === '[]') {
      const items = `f${from.length}`;
      from.push(`LATERAL FLATTEN(INPUT => ${value}) ${items}`);
      value = `${items}.VALUE`;
    } else value = `${value}['${key.replaceAll("'", "''")}']`;
  }
  return `SELECT CAST(${value} AS VARCHAR) AS "VALUE" FROM ${from.join(', ')}`;
}
