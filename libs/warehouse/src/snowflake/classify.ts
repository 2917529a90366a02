import { Failure } from '@das/pipeline';
import { timedOut } from '../interrupted';
import { isNameLike, literalsOf } from '../sql-literals';
import { sqlMistake } from '../sql-mistake';

type Rule = readonly [
  codes: RegExp,
  kind: 'setup' | 'transient',
  code: string,
  message: string,
  cure: string,
];

/** The one table of Snowflake's codes, as far as reading needs them; the first that matches counts. */
const RULES: readonly Rule[] = [
  [
    /^39\d{4}$/,
    'setup',
    'warehouse_login',
    'Snowflake refused the login',
    'check SNOWFLAKE_ACCOUNT, DAS_READ_USER or SNOWFLAKE_USER, its private key and DAS_READ_ROLE',
  ],
  [
    /^(2003|3001)$/,
    'setup',
    'table_missing',
    'a table does not exist or may not be read',
    'create it from sql/ or by dbt, and grant the role named by DAS_READ_ROLE SELECT on it',
  ],
  [
    /^606$/,
    'setup',
    'warehouse_not_set',
    'no virtual warehouse is in use',
    'set DAS_READ_WAREHOUSE to one that the role may use',
  ],
  [
    /^40[127]\d{3}$/,
    'transient',
    'warehouse_unreachable',
    'Snowflake could not be reached',
    'check SNOWFLAKE_ACCOUNT_URL and the network',
  ],
];

/** Ended by its timeout, or by somebody. */
const ENDED = /^(604|630)$/;

/** Codes of statements that were not begun, with what is wrong. Whatever comes while rows are read is not among them. */
const MISTAKES: Readonly<Record<string, string>> = {
  904: 'there is no such column',
  979: 'a column is neither grouped by nor aggregated',
  1003: 'the syntax is wrong',
  1104: 'a column is neither grouped by nor aggregated',
  1131: 'there is no such column or function in this database',
  2028: 'a column’s name is ambiguous',
  2043: 'there is no such object, or it may not be read',
  2140: 'there is no such function',
  2141: 'there is no such function',
};

/** Values that do not have the type asked for; the message quotes them. */
const VALUES = /^1000(35|38|39|40|46|48|50|51|69|78|96)$/;

/** The driver's error as a Failure; its message may quote the query or a value, and stays behind. */
export function classify(thrown: unknown, sql = ''): Failure {
  if (thrown instanceof Failure) return thrown;
  const { message } = (thrown ?? {}) as { readonly message?: unknown };
  const code = codeOf(thrown);
  if (ENDED.test(code)) return timedOut(thrown);
  const rule = RULES.find(([codes]) => codes.test(code));
  if (rule !== undefined) {
    const [, kind, name, text, cure] = rule;
    const named = name === 'table_missing' ? nameIn(String(message), sql) : '';
    return new Failure(kind, name, `${text}${named}`, { cure, cause: thrown });
  }
  const mistake = MISTAKES[code];
  if (mistake !== undefined) return mistakeAt(sql, mistake, String(message), thrown);
  if (VALUES.test(code))
    return sqlMistake(sql, `a value does not have the type that is asked for (Snowflake: ${code})`, {
      cure: 'TRY_CAST makes null of it',
      cause: thrown,
    });
  const which = /^\d+$/.test(code) ? code : 'without a code';
  return new Failure('unknown', 'warehouse_query', `the query failed (Snowflake: ${which})`, {
    cause: thrown,
  });
}

/** Whether the session that failed so is of no more use. */
export function isBroken(thrown: unknown): boolean {
  return /^(40\d{4}|39\d{4})$/.test(codeOf(thrown));
}

function codeOf(thrown: unknown): string {
  const { code } = (thrown ?? {}) as { readonly code?: unknown };
  return typeof code === 'string' || typeof code === 'number' ? String(Number(code)) : '';
}

/** Of the message, the place, and a name where there is one. */
function mistakeAt(sql: string, mistake: string, message: string, cause: unknown): Failure {
  const [, line, column] = /line (\d+) at position (-?\d+)/.exec(message) ?? [];
  const at = line === undefined ? '' : `line ${line}, column ${Number(column) + 1}: `;
  return sqlMistake(sql, `${at}${mistake}${nameIn(message, sql)} (Snowflake: ${codeOf(cause)})`, { cause });
}

/** A name that a message quotes, where it stands in the SQL as a name: else it may be a value. */
function nameIn(message: string, sql: string): string {
  const values = new Set(literalsOf(sql).map((literal) => literal.toUpperCase()));
  const words = new Set(sql.toUpperCase().split(/[^\w$]+/));
  const quoted = [...message.matchAll(/'([^'\n]*)'|"([^"\n]*)"/g)].flatMap(([, single, double]) =>
    (single ?? double ?? '').split(/["'.]/),
  );
  const names = quoted.filter((part) => {
    const word = part.toUpperCase();
    return isNameLike(part) && words.has(word) && !values.has(word);
  });
  return names.length === 0 ? '' : `: ${names.join('.')}`;
}
