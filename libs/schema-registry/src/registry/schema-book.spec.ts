import { ManualClock } from '@das/testing';
import { Undecodable } from '../undecodable';
import { SchemaBook } from './schema-book';

const limits = { maxSchemas: 3, maxCharacters: 100, maxRefused: 3, refusedMs: 1_000 };

function bookOf(characters = 10) {
  const asked: number[] = [];
  const book = new SchemaBook(
    async (id) => {
      asked.push(id);
      await Promise.resolve();
      if (id < 0) throw new Undecodable('schemaId', 'unknown_schema');
      return { characters, decode: (value) => value };
    },
    new ManualClock(),
    limits,
  );
  return { book, asked };
}

describe('the book of schemas', () => {
  it('keeps so many, and the newest in any case', async () => {
    const { book } = bookOf();
    for (const id of [1, 2, 3, 4]) await book.learn(id);
    expect([1, 2, 3, 4].map((id) => book.knows(id))).toEqual([false, true, true, true]);
    const large = bookOf(60).book;
    for (const id of [1, 2]) await large.learn(id);
    expect([1, 2].map((id) => large.knows(id))).toEqual([false, true]);
    const larger = bookOf(1_000).book;
    await larger.learn(1);
    expect(larger.knows(1)).toBe(true);
  });

  it('counts a schema once, however often it is learnt', async () => {
    const { book } = bookOf(40);
    for (const id of [1, 1, 1, 2]) await book.learn(id);
    expect([1, 2].map((id) => book.knows(id))).toEqual([true, true]);
  });

  it('keeps so many refusals', async () => {
    const { book } = bookOf();
    for (const id of [-1, -2, -3, -1, -4]) await book.learn(id);
    expect([-1, -2, -3, -4].map((id) => book.knows(id))).toEqual([true, false, true, true]);
  });

  it('asks once for those who wait together', async () => {
    const { book, asked } = bookOf();
    await Promise.all([book.learn(1), book.learn(1), book.learn(-1), book.learn(-1)]);
    expect(asked).toEqual([1, -1]);
  });
});
