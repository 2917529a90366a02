import type { GovernedTable } from '@das/contracts';
import { inEnvironment } from '../compile/policy';
import { identifier, literal } from '../compile/sql-text';
import type { Environment } from '../expectations/expectation-file';
import type { RenderedPolicy } from './read-policies';
import type { RenderedTable } from './read-tables';

/** Who asks. */
export const ME = 'THE_ONE_WHO_ASKS';

/** A session in which a policy is asked. */
export interface Session {
  /** Null: a session of another account, to which none of our roles means anything. */
  readonly role: string | null;
  readonly account: string;
  readonly environment: Environment;
}

/** What is attached to a table, or to the one that a view shows. */
export interface Attached {
  readonly masks: ReadonlyMap<string, RenderedPolicy>;
  readonly projections: ReadonlyMap<string, RenderedPolicy>;
  readonly groups?: RenderedPolicy | undefined;
  readonly rows?: { readonly policy: RenderedPolicy; readonly columns: readonly string[] } | undefined;
}

/** A view's columns are protected by those of the same name of the table that it shows. */
export function attachments(
  { database, tier, name, columns }: GovernedTable,
  {
    tables,
    policies,
  }: {
    readonly tables: ReadonlyMap<string, RenderedTable>;
    readonly policies: ReadonlyMap<string, RenderedPolicy>;
  },
): Attached {
  const own = tables.get(`${database}.${tier}.${name}`);
  const below = own?.shows === undefined ? own : tables.get(own.shows);
  const policyOf = (policy: string): RenderedPolicy => {
    const found = policies.get(policy);
    if (found === undefined) throw new Error(`${policy} is attached to ${name}, and no SQL creates it`);
    return found;
  };
  const on = (clause: 'policy' | 'projection'): ReadonlyMap<string, RenderedPolicy> =>
    new Map(
      columns.flatMap(({ name: column }) => {
        const policy = below?.columns.get(column)?.[clause];
        return policy === undefined ? [] : [[column, policyOf(policy)] as const];
      }),
    );
  const rows = below?.rowAccess;
  return {
    masks: on('policy'),
    projections: on('projection'),
    groups: below?.aggregation === undefined ? undefined : policyOf(below.aggregation),
    rows: rows && { policy: policyOf(rows.policy), columns: rows.columns },
  };
}

export function asJson(values: readonly (readonly [string, string])[]): string {
  const pairs = values.map(([name, sql]) => `${literal(name.toLowerCase())}, (${sql})::varchar`);
  return `to_json(object_construct_keep_null(${pairs.join(', ')}))::varchar`;
}

/** Whether a constraint lets the session show what it is on, row by row. */
export function isFree(constraint: RenderedPolicy, asker: Session): string {
  return inSession(constraint, [], asker)
    .replaceAll(/\b(?:projection_constraint\(allow => true\)|no_aggregation_constraint\(\))/gi, 'true')
    .replaceAll(/\b(?:projection_constraint\(allow => false\)|aggregation_constraint\([^()]*\))/gi, 'false');
}

/** A policy's body over columns in place of its arguments, in a session. */
export function inSession(
  policy: RenderedPolicy,
  columns: readonly string[],
  { role, account, environment }: Session,
): string {
  const body = policy.arguments.reduce(
    (sql, name, index) =>
      sql.replaceAll(identifier(name), `literal_rows.${identifier(columns[index] ?? '')}`),
    policy.body,
  );
  return inEnvironment(body, environment)
    .replaceAll(/\bis_role_in_session\(([^()]*)\)/gi, (_, name: string) =>
      role === null ? '(null::boolean)' : `(${name} = ${literal(role)})`,
    )
    .replaceAll(/\bcurrent_account\(\)/gi, literal(account))
    .replaceAll(/\bcurrent_user\(\)/gi, role === null ? '(null::varchar)' : literal(ME));
}

/** By who asked, and class of rows: what each column shows. */
export function byAsker(
  answer: readonly (readonly (string | null)[])[],
): ReadonlyMap<string, ReadonlyMap<string, Readonly<Record<string, string | null>>>> {
  const found = new Map<string, Map<string, Readonly<Record<string, string | null>>>>();
  for (const [asker, rowClass, json] of answer) {
    const values = JSON.parse(json ?? '{}') as Readonly<Record<string, string | null>>;
    const rows = found.get(asker ?? '') ?? new Map<string, Readonly<Record<string, string | null>>>();
    found.set(asker ?? '', rows.set(rowClass ?? '', values));
  }
  return found;
}
