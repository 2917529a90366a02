import type { GovernedColumn, GovernedTable } from './governed-tables';
import { bracketed, statementsOf, withoutComments } from '@das/governance';

/** What makes a table, and what may stand before that: nothing of it can put a row anywhere, or show one. */
const EMPTY_TABLE = /^create table if not exists /i;
const WITH_ROWS = /^create or replace (dynamic table|secure view) /i;
/** Would take a protection away again, or a stream's position. */
const UNDOES =
  /\b(unset masking policy|drop (all )?row access polic|unset tag|create or replace (transient )?(table|stream))\b/i;

/** What is wrong with the statements that deploy a table; empty: a policy stands before the first row, everywhere. */
export function policyFaults(
  sql: string,
  { name, isView, columns, rowAccess }: GovernedTable,
): readonly string[] {
  const statements = statementsOf(sql).map(withoutComments);
  const quoted = name.replace(/\w+/g, '"$&"');
  const makes = statements.findIndex((text) => /^create /i.test(text) && text.includes(` ${quoted} (`));
  const create = statements[makes];
  if (create === undefined) return [`${name} is not created with its columns`];
  const faults: string[] = [];
  if (makes > 0) faults.push(`${name}: ${statements[0]?.slice(0, 40) ?? ''}… stands before what protects it`);
  const { parts, rest } = bracketed(create);
  if (EMPTY_TABLE.test(create)) {
    if (/ as (with|select|\()/i.test(rest)) faults.push(`${name} is created with its rows`);
  } else if (!WITH_ROWS.test(create))
    faults.push(`${name} is created by another statement than it should be`);
  for (const column of columns) faults.push(...columnFaults(name, parts, column, isView, rowAccess?.column));
  const [database = ''] = name.split('.');
  const options = rest.split(/ as (?=with|select|\()/i)[0] ?? '';
  if (rowAccess !== undefined && !isView) {
    const policy = `WITH ROW ACCESS POLICY "${database}"."OPS"."ROWS_BY_${rowAccess.policy.toUpperCase()}"`;
    if (!options.includes(`${policy} ON ("${rowAccess.column}")`)) faults.push(`${name} shows all rows`);
  }
  if (!options.includes(`WITH TAG ("${database}"."OPS"."CLASSIFICATION" = `))
    faults.push(`${name} has no tag`);
  return [...faults, ...statements.filter((text) => UNDOES.test(text)).map((text) => `${name}: ${text}`)];
}

function* columnFaults(
  table: string,
  parts: readonly string[],
  { name, policy, tags }: GovernedColumn,
  isView: boolean,
  rowColumn = '',
): Generator<string> {
  const [database = ''] = table.split('.');
  const definition = parts.find((part) => part.startsWith(`"${name}" `));
  if (definition === undefined) {
    yield `${table}.${name} is not created`;
    return;
  }
  // A view's masks are those of the table below it.
  if (policy !== undefined && !isView) {
    const clause = `WITH MASKING POLICY "${database}"."OPS"."${policy}"`;
    if (!definition.includes(`${clause} `)) yield `${table}.${name} is not masked by ${policy}`;
    // Snowflake: a column is an argument of a mask or of a row access policy, not of both.
    if (/ USING \([^)]*/.exec(definition)?.[0].includes(`"${rowColumn}"`) === true)
      yield `${table}.${name} is masked by the column that decides about rows`;
  }
  for (const [tag, value] of Object.entries(tags)) {
    if (!definition.includes(`"${database}"."OPS"."${tag}" = '${value}'`))
      yield `${table}.${name} has no tag ${tag}`;
  }
}
