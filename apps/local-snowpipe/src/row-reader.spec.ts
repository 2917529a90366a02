import fc from 'fast-check';
import { rowReaderOf } from './row-reader';
import type { Column } from './table';

const column = (name: string, kind: Column['kind']): Column => ({
  name,
  kind,
  nullable: true,
  precision: 38,
  scale: 2,
});
const readerOf = (...columns: readonly Column[]) =>
  rowReaderOf({ database: 'D', schema: 'S', name: 'T', columns });

describe('a row reader', () => {
  it('finds in any JSON, however it is spaced, the text of each column', () => {
    const names = ['a', 'b"', 'c\\', '{', 'é,'];
    const read = readerOf(...names.map((name) => column(name, 'variant')));
    const row = fc.record(Object.fromEntries(names.map((name) => [name, fc.jsonValue()])));
    const space = fc.constantFrom(undefined, 1, '\t');
    fc.assert(
      fc.property(row, space, (value, indent) => {
        const texts = read(JSON.stringify(value, undefined, indent).replaceAll('\n', ' '));
        const found = texts.map((text) => (text === null ? null : (JSON.parse(text) as unknown)));
        expect(found).toEqual(names.map((name) => JSON.parse(JSON.stringify(value[name])) as unknown));
      }),
    );
  });

  it.each([
    ['text', '"a\\"b"', 'a"b'],
    ['text', '1.50', '1.50'],
    ['text', '{}', undefined],
    ['number', '12345678901234567890.25', '12345678901234567890.25'],
    ['number', '"1.5"', '1.5'],
    ['number', '1.255', undefined],
    ['number', '1e3', undefined],
    ['boolean', 'false', 'false'],
    ['boolean', '0', undefined],
    ['timestamp', '"2026-01-01T00:00:00Z"', '2026-01-01T00:00:00Z'],
    ['timestamp', '"infinity"', undefined],
    ['timestamp', '0', undefined],
    ['array', '[1 ,2]', '[1 ,2]'],
    ['array', '"[1]"', undefined],
    ['object', '{"a":"}"}', '{"a":"}"}'],
    ['object', '[]', undefined],
    ['variant', '"x"', '"x"'],
    ['variant', 'null', null],
  ] as const)('as %s takes %s for %s', (kind, value, text) => {
    const read = () => readerOf(column('V', kind))(`{ "V" : ${value} }`);
    if (text === undefined) expect(read).toThrow('V does not take this value');
    else expect(read()).toEqual([text]);
  });

  it('takes an empty row and the last of two values of a column', () => {
    expect(readerOf(column('V', 'text'))('{ }')).toEqual([null]);
    expect(readerOf(column('V', 'text'))('{"V":"1","V":"2"}')).toEqual(['2']);
  });
});
