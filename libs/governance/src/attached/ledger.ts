import { asFailure } from '@das/pipeline';
import { identifier } from '../compile/sql-text';
import type { SqlSession } from './sql-session';

/** What could not be taken back, and why. */
export interface Left {
  /** What has to be run by hand. */
  readonly statement: string;
  readonly why: string;
}

/** Runs statements that leave something behind, and knows for each what takes it back. */
export class Ledger {
  private readonly undoing: string[] = [];

  constructor(
    private readonly session: SqlSession,
    private readonly signal: AbortSignal,
  ) {}

  async run(sql: string): Promise<void> {
    await this.session.run(sql, { signal: this.signal });
  }

  /** @param undo - may also be run where the statement did nothing */
  async make(sql: string, undo: string): Promise<void> {
    // Written down first: nobody knows what a statement did that was cut off.
    this.undoing.push(undo);
    await this.run(sql);
  }

  /** Takes everything back, what was made last first, and is not interrupted. @param role - who may do that */
  async takeBack(role: string): Promise<readonly Left[]> {
    const statements = this.undoing.splice(0).reverse();
    return statements.length === 0 ? [] : takeBack(this.session, role, statements);
  }
}

/** Runs each statement as a role, whatever becomes of the others; once the account cannot be reached, none that follow. */
export async function takeBack(
  session: SqlSession,
  role: string,
  statements: readonly string[],
): Promise<readonly Left[]> {
  // A session that broke is another one now, and begins as whoever logged in.
  let fault = await attempt(session, `USE ROLE ${identifier(role)}`);
  const left: Left[] = [];
  for (const statement of statements) {
    fault = fault?.isLost === true ? { why: 'not tried', isLost: true } : await attempt(session, statement);
    if (fault !== undefined) left.push({ statement, why: fault.why });
  }
  return left;
}

interface Fault {
  readonly why: string;
  /** The account cannot be reached. */
  readonly isLost: boolean;
}

async function attempt(session: SqlSession, statement: string): Promise<Fault | undefined> {
  try {
    await session.run(statement);
    return undefined;
  } catch (thrown) {
    const { message, kind } = asFailure(thrown);
    return { why: message, isLost: kind === 'transient' };
  }
}
