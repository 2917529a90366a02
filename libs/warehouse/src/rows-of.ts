import type { Answer, Row } from './warehouse';

/** An answer's rows as objects, once somebody wants them; it is closed when they were read, or no longer are. */
export async function* rowsOf(ask: () => Promise<Answer>): AsyncGenerator<Row> {
  const answer = await ask();
  try {
    const names = answer.columns.map(({ name }) => name);
    for await (const values of answer.rows)
      yield Object.fromEntries(names.map((name, index) => [name, values[index] ?? null]));
  } finally {
    await answer.close();
  }
}
