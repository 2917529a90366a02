import { identifier, literal } from '../compile/sql-text';
import { SCRATCH_PREFIX } from './scratch';
import type { SqlSession } from './sql-session';

/** Who runs the test, and with what. */
export interface Tester {
  readonly user: string;
  /** Makes everything, and takes it back. */
  readonly role: string;
  readonly warehouse: string;
}

/** What roles are given for the time of a run, and did not have before. */
export interface Loan {
  readonly user: string;
  readonly warehouse: string;
  /** Roles that the user gets. */
  readonly roles: readonly string[];
  /** Roles that may use the database from then on. */
  readonly ofDatabase: readonly string[];
  readonly ofWarehouse: readonly string[];
}

/** @returns undefined where no role or no virtual warehouse is in use */
export async function whoTests(session: SqlSession): Promise<Tester | undefined> {
  const { rows } = await session.run('SELECT CURRENT_USER(), CURRENT_ROLE(), CURRENT_WAREHOUSE()');
  const [user, role, warehouse] = rows[0] ?? [];
  return user && role && warehouse ? { user, role, warehouse } : undefined;
}

/** What has to be lent so that each role can be taken and read in the scratch schemas: what somebody has is left alone. */
export async function loanFor(
  session: SqlSession,
  { user, warehouse }: Tester,
  database: string,
  roles: readonly string[],
): Promise<Loan> {
  const held = await column(session, `SHOW GRANTS TO USER ${identifier(user)}`, 'role');
  const using = async (what: string): Promise<readonly string[]> =>
    column(session, `SHOW GRANTS ON ${what}`, 'grantee_name', ['USAGE', 'OWNERSHIP']);
  const [ofDatabase, ofWarehouse] = [
    await using(`DATABASE ${identifier(database)}`),
    await using(`WAREHOUSE ${identifier(warehouse)}`),
  ];
  const without = (have: readonly string[]): readonly string[] =>
    roles.filter((role) => !have.includes(role));
  return {
    user,
    warehouse,
    roles: without(held),
    ofDatabase: without(ofDatabase),
    ofWarehouse: without(ofWarehouse),
  };
}

/** Each with what takes it back, which may be run where nothing was lent. */
export function lending(
  { user, warehouse, roles, ofDatabase, ofWarehouse }: Loan,
  database: string,
): readonly { readonly grant: string; readonly revoke: string }[] {
  const of = (what: string, kind: string, names: readonly string[]) =>
    names.map((role) => ({
      grant: `GRANT ${what} TO ${kind.replace('?', identifier(role))}`,
      revoke: `REVOKE ${what} FROM ${kind.replace('?', identifier(role))}`,
    }));
  return [
    ...of(`USAGE ON DATABASE ${identifier(database)}`, 'ROLE ?', ofDatabase),
    ...of(`USAGE ON WAREHOUSE ${identifier(warehouse)}`, 'ROLE ?', ofWarehouse),
    ...roles.map((role) => ({
      grant: `GRANT ROLE ${identifier(role)} TO USER ${identifier(user)}`,
      revoke: `REVOKE ROLE ${identifier(role)} FROM USER ${identifier(user)}`,
    })),
  ];
}

/**
 * What takes back what other runs left behind, or have not done with: one that was killed takes nothing back, but each of its
 * schemas says what it had lent.
 */
export async function leftBehind(session: SqlSession, database: string): Promise<readonly string[]> {
  const pattern = literal(`${SCRATCH_PREFIX.replaceAll('_', '\\_')}%`);
  const { columns, rows } = await session.run(
    `SHOW SCHEMAS LIKE ${pattern} IN DATABASE ${identifier(database)}`,
  );
  const [name, comment] = ['name', 'comment'].map((wanted) => columns.indexOf(wanted));
  const schemas = rows.map((row) => ({ name: row[name ?? 0] ?? '', comment: row[comment ?? 0] ?? '' }));
  const revokes = schemas.flatMap((schema) => {
    const loan = loanIn(schema.comment);
    return loan === undefined ? [] : lending(loan, database).map(({ revoke }) => revoke);
  });
  // Last those whose policies and tags the others use.
  const order = schemas
    .map((schema) => schema.name)
    .sort((a, b) => Number(a.endsWith('_OPS')) - Number(b.endsWith('_OPS')) || (a < b ? -1 : 1));
  return [...new Set(revokes), ...order.map((schema) => dropSchema(database, schema))];
}

export function dropSchema(database: string, schema: string): string {
  return `DROP SCHEMA IF EXISTS ${identifier(database)}.${identifier(schema)} CASCADE`;
}

export function commentOf(loan: Loan): string {
  return JSON.stringify({ 'das policy test': loan });
}

/** Anybody can write a comment: of what it says only names are taken, and they are quoted. */
function loanIn(comment: string): Loan | undefined {
  try {
    const { 'das policy test': loan } = JSON.parse(comment) as { readonly 'das policy test'?: Loan };
    const lists = [loan?.roles, loan?.ofDatabase, loan?.ofWarehouse];
    const isSound = lists.every(
      (list) => Array.isArray(list) && list.every((one) => typeof one === 'string'),
    );
    return isSound && typeof loan?.user === 'string' && typeof loan.warehouse === 'string' ? loan : undefined;
  } catch {
    return undefined;
  }
}

async function column(
  session: SqlSession,
  sql: string,
  name: string,
  privileges?: readonly string[],
): Promise<readonly string[]> {
  const { columns, rows } = await session.run(sql);
  const [at, privilege] = [columns.indexOf(name), columns.indexOf('privilege')];
  if (at < 0) throw new Error(`the answer of ${sql} has no column ${name}`);
  return rows
    .filter((row) => privileges === undefined || privileges.includes(row[privilege] ?? ''))
    .map((row) => row[at] ?? '');
}
