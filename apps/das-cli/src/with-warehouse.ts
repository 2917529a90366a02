import {
  openWarehouse,
  type Answer,
  type Place,
  type ReaderRole,
  type Row,
  type Warehouse,
} from '@das/warehouse';
import type { CliContext } from './context';
import type { Query } from './dead-letters/dead-letter-sql';

/** A warehouse whose queries end with the command. */
export interface Reader {
  rows(query: Query): AsyncIterable<Row>;
  /** All at once, where they are few. */
  all(query: Query): Promise<readonly Row[]>;
  /** A SELECT of the texts at a place, as its column VALUE. */
  textsAt(place: Place): string;
}

export async function withWarehouse<T>(context: CliContext, use: (reader: Reader) => Promise<T>): Promise<T> {
  return withOpen(context, async (warehouse) => use(readerOf(warehouse, context.signal)));
}

/** One question and its answer, as long as it is looked at. */
export async function withAnswer<T>(
  context: CliContext,
  sql: string,
  use: (answer: Answer) => Promise<T>,
  as?: ReaderRole,
): Promise<T> {
  const ask = async (warehouse: Warehouse): Promise<T> => {
    const answer = await warehouse.ask(sql, [], { signal: context.signal });
    try {
      return await use(answer);
    } finally {
      await answer.close();
    }
  };
  return withOpen(context, ask, as);
}

async function withOpen<T>(
  { env, terminal }: CliContext,
  use: (warehouse: Warehouse) => Promise<T>,
  as?: ReaderRole,
): Promise<T> {
  const warehouse = await openWarehouse(env, {
    queryTag: 'das-cli',
    as,
    note: (line) => {
      terminal.note(line);
    },
  });
  try {
    return await use(warehouse);
  } finally {
    await warehouse.close();
  }
}

function readerOf(warehouse: Warehouse, signal: AbortSignal): Reader {
  const rows = ({ sql, binds }: Query): AsyncIterable<Row> => warehouse.query(sql, binds, { signal });
  return {
    rows,
    textsAt: (place) => warehouse.textsAt(place),
    all: async (query) => {
      const all: Row[] = [];
      for await (const row of rows(query)) all.push(row);
      return all;
    },
  };
}
