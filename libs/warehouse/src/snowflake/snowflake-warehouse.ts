import type { Connection } from 'snowflake-sdk';
import { interrupted, isAborted } from '../interrupted';
import { rowsOf } from '../rows-of';
import { notRead } from '../sql-mistake';
import type { Answer, Bind, Column, Place, QueryOptions, Row, Value, Warehouse } from '../warehouse';
import { classify, isBroken } from './classify';
import { isOneSelect, isOneShow } from './is-one-select';
import { RunningStatement } from './running-statement';
import type { SessionPool } from './session-pool';
import { sessionsOf, type SnowflakeSettings } from './sessions';
import { textsAt } from './texts-at';
import { columnOf, toValue } from './to-value';

/** @throws Failure, also when the login is refused */
export async function openSnowflake(settings: SnowflakeSettings): Promise<Warehouse> {
  const sessions = await sessionsOf(settings);
  // A wrong setting is told now, and not by the first query.
  await sessions.giveBack(await sessions.take(undefined), true);
  return new SnowflakeWarehouse(sessions, settings.timeoutSeconds);
}

class SnowflakeWarehouse implements Warehouse {
  constructor(
    private readonly sessions: SessionPool<Connection>,
    private readonly timeoutSeconds: number,
  ) {}

  query(sql: string, binds: readonly Bind[] = [], options: QueryOptions = {}): AsyncIterable<Row> {
    return rowsOf(() => this.ask(sql, binds, options));
  }

  async ask(
    sql: string,
    binds: readonly Bind[] = [],
    { signal, mayShow = false }: QueryOptions = {},
  ): Promise<Answer> {
    if (isAborted(signal)) throw interrupted();
    if (!isOneSelect(sql) && !(mayShow && isOneShow(sql))) throw notRead(sql);
    const session = await this.sessions.take(signal);
    const running = new RunningStatement(session, {
      sql,
      binds,
      signal,
      timeoutSeconds: this.timeoutSeconds,
    });
    let closing: Promise<void> | undefined;
    const close = async (): Promise<void> => {
      running.over();
      closing ??= this.sessions.giveBack(session, running.isSound);
      return closing;
    };
    const told = (thrown: unknown): Error => {
      if (isBroken(thrown)) running.isSound = false;
      return running.failure(thrown) ?? classify(thrown, sql);
    };
    try {
      const statement = await running.executed();
      const columns = (statement.getColumns() ?? []).map(columnOf);
      // The abort may have come too late to cancel anything.
      if (running.hasEnded) throw interrupted();
      return { columns, rows: rowsIn(running, running.rows(statement), { columns, told, close }), close };
    } catch (thrown) {
      const failure = told(thrown);
      await close();
      throw failure;
    }
  }

  textsAt(place: Place): string {
    return textsAt(place);
  }

  async close(): Promise<void> {
    await this.sessions.close();
  }
}

async function* rowsIn(
  running: RunningStatement,
  stream: AsyncIterable<unknown>,
  {
    columns,
    told,
    close,
  }: {
    readonly columns: readonly Column[];
    readonly told: (thrown: unknown) => Error;
    readonly close: () => Promise<void>;
  },
): AsyncGenerator<readonly Value[]> {
  try {
    for await (const row of stream) {
      if (running.hasEnded) throw interrupted();
      yield columns.map(({ type }, index) => toValue((row as readonly unknown[])[index], type));
    }
  } catch (thrown) {
    throw told(thrown);
  } finally {
    await close();
  }
}
