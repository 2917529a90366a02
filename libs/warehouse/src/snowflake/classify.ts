import { Failure } from '@das/pipeline';

/** The one table of Snowflake's codes, as far as reading needs them; the first that matches counts. */
const RULES: readonly (readonly [
  codes: RegExp,
  kind: 'setup' | 'transient',
  code: string,
  message: string,
  cure: string,
])[] = [
  [
    /^390\d{3}$/,
    'setup',
    'warehouse_login',
    'Snowflake refused the login',
    'check SNOWFLAKE_ACCOUNT, DAS_READ_USER or SNOWFLAKE_USER, its private key and DAS_READ_ROLE',
  ],
  [
    /^(2003|2043|3001)$/,
    'setup',
    'table_missing',
    'a table does not exist or may not be read',
    'create it from sql/, and grant the role named by DAS_READ_ROLE SELECT on it',
  ],
  [
    /^606$/,
    'setup',
    'warehouse_not_set',
    'no virtual warehouse is in use',
    'set DAS_READ_WAREHOUSE to one that the role may use',
  ],
  [
    /^(604|630)$/,
    'transient',
    'warehouse_timeout',
    'the query was ended before its end',
    'ask for less, or raise DAS_READ_TIMEOUT_SECONDS',
  ],
  [
    /^40[12]\d{3}$/,
    'transient',
    'warehouse_unreachable',
    'Snowflake could not be reached',
    'check SNOWFLAKE_ACCOUNT_URL and the network',
  ],
];

/** The driver's error as a Failure; its message may quote the query, and stays behind. */
export function classify(thrown: unknown): Failure {
  if (thrown instanceof Failure) return thrown;
  const { code } = (thrown ?? {}) as { readonly code?: unknown };
  const digits = typeof code === 'string' || typeof code === 'number' ? String(Number(code)) : '';
  const rule = RULES.find(([codes]) => codes.test(digits));
  if (rule === undefined) {
    const which = /^\d+$/.test(digits) ? digits : 'without a code';
    return new Failure('unknown', 'warehouse_query', `the query failed (Snowflake: ${which})`, {
      cause: thrown,
    });
  }
  const [, kind, name, message, cure] = rule;
  return new Failure(kind, name, message, { cure, cause: thrown });
}
