import { findEchoes } from './echo';

const found = (values: readonly string[], ...texts: readonly string[]): readonly string[] =>
  findEchoes(
    values,
    texts.map((text) => ({ text })),
  ).map(({ text }) => text);

describe('findEchoes', () => {
  it.each([
    ['within a word, then whole', 'sample', 'xsample sample'],
    ['begun, then whole', 'sample', 'samples, sample'],
    ['over the end of a word that holds it', 'sample sample', 'xsample sample sample'],
    ['after a sign that begins it', '-sample', '--samples-sample'],
  ])('finds a value %s', (_, value, text) => {
    expect(found([value], text)).toEqual([text]);
  });

  it('passes a long word once for each value', () => {
    // At every character of the text begins each of the values.
    const values = Array.from({ length: 200 }, (_, index) => 'a'.repeat(6 + index));
    expect(found(values, 'a'.repeat(1_000_000))).toEqual([]);
  }, 20_000);

  it('takes what holds a value within words more often than any text does for an echo', () => {
    const values = Array.from({ length: 200 }, (_, index) => `${'-ab'.repeat(3 + (index % 80))}-a`);
    const few = '-ab'.repeat(1_000);
    const many = '-ab'.repeat(300_000);
    expect(found(values.slice(0, 1), few)).toEqual([]);
    expect(found(values, many)).toEqual([many]);
  }, 20_000);
});
