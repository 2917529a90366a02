import { asFailure } from '@das/pipeline';
import { identifier, literal, qualified } from '../compile/sql-text';
import type { Shown } from '../expectations/compare';
import { Ledger, type Left } from './ledger';
import type { Plan } from './plan';
import type { Read } from './read-groups';
import { commentOf, dropSchema, lending, loanFor, type Tester } from './scratch-access';
import type { SqlSession } from './sql-session';

/** One run on an account. */
export interface AttachedRun {
  readonly session: SqlSession;
  readonly tester: Tester;
  /** Where the scratch schemas are made. */
  readonly database: string;
  readonly signal: AbortSignal;
  readonly progress: (line: string) => void;
  /** Is told what could not be taken back, also where the run fails. */
  readonly onLeft: (left: readonly Left[]) => void;
}

/**
 * What an account shows of tables to which the rendered policies and tags are attached: they are made in scratch schemas, filled
 * with the rows of the expectations, and read in a session of each role. Everything that was made is taken back, however it ends.
 * @throws what the session throws
 */
export async function showAttached(plan: Plan, run: AttachedRun): Promise<readonly Shown[]> {
  const ledger = new Ledger(run.session, run.signal);
  try {
    await make(plan, run, ledger);
    return await readAll(plan, run, ledger);
  } finally {
    run.progress('taking back what was made');
    const left = await ledger.takeBack(run.tester.role);
    if (left.length > 0) run.onLeft(left);
  }
}

async function make(plan: Plan, run: AttachedRun, ledger: Ledger): Promise<void> {
  const { session, tester, database } = run;
  // Else a session has all roles of its user at once.
  await ledger.run('USE SECONDARY ROLES NONE');
  const loan = await loanFor(session, tester, database, plan.roles);
  run.progress(
    `making ${plan.schemas.length} schemas in ${database}, and lending ${loan.roles.length} roles to ${tester.user}`,
  );
  for (const schema of plan.schemas)
    await ledger.make(
      `CREATE TRANSIENT SCHEMA ${qualified(database, schema)} DATA_RETENTION_TIME_IN_DAYS = 0 COMMENT = ${literal(commentOf(loan))}`,
      dropSchema(database, schema),
    );
  for (const { grant, revoke } of lending(loan, database)) await ledger.make(grant, revoke);
  for (const { what, statements } of plan.steps) {
    run.progress(`${what}: ${statements.length} statements`);
    for (const sql of statements) await ledger.run(sql);
  }
}

async function readAll({ roles, groups }: Plan, run: AttachedRun, ledger: Ledger): Promise<readonly Shown[]> {
  const shown: Shown[] = [];
  for (const { before, after, reads } of groups) {
    const clear = await clearOf(reads, run);
    for (const sql of before) await ledger.run(sql);
    for (const [index, role] of roles.entries()) {
      run.progress(`${reads.length} tables as ${role} (${index + 1} of ${roles.length})`);
      await takeRole(role, run);
      for (const read of reads)
        shown.push({
          table: read.table,
          environment: read.environment,
          role,
          clear: clear.get(read.table) ?? new Map<string, never>(),
          rows: await seen(read, run),
        });
    }
    await takeRole(run.tester.role, run);
    for (const sql of after) await ledger.run(sql);
  }
  return shown;
}

async function takeRole(role: string, { session, tester, signal }: AttachedRun): Promise<void> {
  await session.run(`USE ROLE ${identifier(role)}`, { signal });
  await session.run(`USE WAREHOUSE ${identifier(tester.warehouse)}`, { signal });
}

/** By table: environments have the same rows. */
async function clearOf(reads: readonly Read[], { session, signal }: AttachedRun) {
  const clear = new Map<string, Shown['clear']>();
  for (const { table, clear: asked } of reads)
    if (!clear.has(table))
      clear.set(table, byClass(asked.columns, (await session.run(asked.select, { signal })).rows));
  return clear;
}

/** Undefined: whoever asks is refused. */
async function seen(read: Read, { session, signal }: AttachedRun): Promise<Shown['rows']> {
  const rows = await orRefused(session, read.select, signal, read.isGrouped);
  if (rows === undefined) return undefined;
  const found = new Map(byClass(read.columns, rows));
  for (const { column, select } of read.projected) {
    const projected = byClass([column], (await orRefused(session, select, signal, true)) ?? []);
    for (const [rowClass, values] of found)
      found.set(rowClass, {
        ...values,
        [column.toLowerCase()]: projected.get(rowClass)?.[column.toLowerCase()] ?? null,
      });
  }
  return found;
}

/**
 * @param isConstrained - a constraint refuses it, and Snowflake's documentation does not say with which code
 * @returns undefined where it was refused. Whether a table is not there or not to be read is not told; it was made, or nothing
 *   would be asked
 */
async function orRefused(
  session: SqlSession,
  sql: string,
  signal: AbortSignal,
  isConstrained: boolean,
): Promise<readonly (readonly (string | null)[])[] | undefined> {
  try {
    return (await session.run(sql, { signal })).rows;
  } catch (thrown) {
    const { code, kind } = asFailure(thrown);
    if (code === 'table_missing' || (isConstrained && kind !== 'transient')) return undefined;
    throw thrown;
  }
}

function byClass(
  columns: readonly string[],
  rows: readonly (readonly (string | null)[])[],
): ReadonlyMap<string, Readonly<Record<string, string | null>>> {
  return new Map(
    rows.map(([rowClass, ...values]) => [
      rowClass ?? '',
      Object.fromEntries(columns.map((column, index) => [column.toLowerCase(), values[index] ?? null])),
    ]),
  );
}
