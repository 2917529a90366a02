import type { Connection } from 'snowflake-sdk';
import { interrupted, isAborted } from '../interrupted';
import { classify, isBroken } from './classify';
import { RunningStatement } from './running-statement';
import type { SessionPool } from './session-pool';
import { sessionsOf, type SnowflakeSettings } from './sessions';

/** What a statement answered, every value as text. */
export interface Told {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
}

/**
 * One session of Snowflake, in which statements of any kind run one after another: what one of them sets (USE ROLE) holds for
 * the next. Reading alone is what `openWarehouse` is for.
 */
export interface Session {
  /**
   * @param options.signal - ends the statement where it runs
   * @throws Failure; after one that broke the session, the next statement runs in a new one, as who logged in
   */
  run(sql: string, options?: { readonly signal?: AbortSignal }): Promise<Told>;
  /** Idempotent. */
  close(): Promise<void>;
}

/** @throws Failure, also when the login is refused */
export async function sessionOf(settings: SnowflakeSettings): Promise<Session> {
  const sessions = await sessionsOf({ ...settings, sessions: 1 });
  await sessions.giveBack(await sessions.take(undefined), true);
  return {
    run: async (sql, { signal } = {}) => runIn(sessions, sql, settings.timeoutSeconds, signal),
    close: async () => sessions.close(),
  };
}

async function runIn(
  sessions: SessionPool<Connection>,
  sql: string,
  timeoutSeconds: number,
  signal: AbortSignal | undefined,
): Promise<Told> {
  if (isAborted(signal)) throw interrupted();
  const session = await sessions.take(signal);
  const running = new RunningStatement(session, { sql, binds: [], signal, timeoutSeconds });
  try {
    const statement = await running.executed();
    const columns = (statement.getColumns() ?? []).map((column) => column.getName());
    const rows: (readonly (string | null)[])[] = [];
    for await (const row of running.rows(statement)) rows.push((row as readonly unknown[]).map(textOf));
    if (running.hasEnded) throw interrupted();
    return { columns, rows };
  } catch (thrown) {
    if (isBroken(thrown)) running.isSound = false;
    throw running.failure(thrown) ?? classify(thrown, sql);
  } finally {
    running.over();
    await sessions.giveBack(session, running.isSound);
  }
}

function textOf(value: unknown): string | null {
  return value === null || value === undefined ? null : `${value as string | number}`;
}
