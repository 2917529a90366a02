import type * as DuckDb from '@duckdb/node-api';
import type { DuckDBResult } from '@duckdb/node-api';
import type { Answer, Value } from '../warehouse';
import type { Ending } from './ending';
import { conversionOf } from './to-value';

/** A running query's answer; DuckDB makes its rows as they are fetched, a few thousand at a time. */
export function answerOf(
  result: DuckDBResult,
  {
    duckdb,
    ending,
    close,
    told,
  }: {
    readonly duckdb: typeof DuckDb;
    readonly ending: Ending;
    readonly close: () => Promise<void>;
    readonly told: (thrown: unknown) => Error;
  },
): Answer {
  const conversions = result.columnTypes().map((type) => conversionOf(type, duckdb));
  const parts = result.yieldRows();
  let fetching: Promise<unknown> = Promise.resolve();
  let closing: Promise<void> | undefined;
  const leave = async (): Promise<void> => {
    ending.leave();
    // A connection is not closed under a fetch.
    await fetching.catch(() => undefined);
    await close();
  };
  const closeOnce = async (): Promise<void> => (closing ??= leave());
  async function* rows(): AsyncGenerator<readonly Value[]> {
    try {
      for (;;) {
        const part = parts.next();
        fetching = part;
        const next = await part;
        if (next.done === true) return;
        for (const row of next.value) {
          // Also of rows that were fetched before.
          if (ending.hasEnded) throw new Error('ended');
          yield row.map((cell, index) => conversions[index]?.convert(cell) ?? null);
        }
      }
    } catch (thrown) {
      throw told(thrown);
    } finally {
      await closeOnce();
    }
  }
  return {
    columns: result.columnNames().map((name, index) => ({ name, type: conversions[index]?.type ?? 'other' })),
    rows: rows(),
    close: closeOnce,
  };
}
