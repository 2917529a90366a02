import { asFailure } from '@das/pipeline';
import { identifier, literal, qualified } from '../compile/sql-text';
import type { Shown } from '../expectations/compare';
import { Ledger, type Left } from './ledger';
import type { Plan, Read } from './plan';
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
    return await readAll(plan, run);
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

async function readAll({ roles, reads }: Plan, run: AttachedRun): Promise<readonly Shown[]> {
  const { session, tester, signal, progress } = run;
  const clear = new Map<string, Shown['clear']>();
  for (const read of reads)
    if (!clear.has(read.table))
      clear.set(read.table, byClass(read, (await session.run(read.clear, { signal })).rows));
  const shown: Shown[] = [];
  for (const [index, role] of roles.entries()) {
    progress(`reading as ${role} (${index + 1} of ${roles.length})`);
    await session.run(`USE ROLE ${identifier(role)}`, { signal });
    await session.run(`USE WAREHOUSE ${identifier(tester.warehouse)}`, { signal });
    for (const read of reads)
      shown.push({
        table: read.table,
        environment: read.environment,
        role,
        clear: clear.get(read.table) ?? new Map<string, never>(),
        rows: await seen(read, run),
      });
  }
  return shown;
}

async function seen(read: Read, { session, signal }: AttachedRun): Promise<Shown['rows']> {
  try {
    return byClass(read, (await session.run(read.select, { signal })).rows);
  } catch (thrown) {
    // Snowflake does not tell whether a table is not there or not to be read; it was made, or this had ended before.
    if (asFailure(thrown).code === 'table_missing') return undefined;
    throw thrown;
  }
}

function byClass({ columns }: Read, rows: readonly (readonly (string | null)[])[]): Shown['clear'] {
  return new Map(
    rows.map(([rowClass, ...values]) => [
      rowClass ?? '',
      Object.fromEntries(columns.map((column, index) => [column.toLowerCase(), values[index] ?? null])),
    ]),
  );
}
