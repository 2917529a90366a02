import fc from 'fast-check';
import { CsvCutter } from './csv-cutter';
import { LineCutter, type Cutter } from './line-cutter';

/** The values of a text that comes in chunks of such sizes, again and again. */
function cut(
  cutter: Cutter,
  text: string | Buffer,
  sizes: readonly number[] = [1_000_000],
): (string | null)[] {
  const bytes = Buffer.from(text);
  const values = [];
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const size = sizes[turn % sizes.length] ?? 1;
    values.push(...cutter.cut(Buffer.from(bytes.subarray(at, at + size))));
    at += size;
  }
  values.push(...cutter.end());
  return values.map((value) => value?.toString() ?? null);
}

const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 });

describe('lines', () => {
  it.each([
    ['', []],
    ['a', ['a']],
    ['a\n', ['a']],
    ['a\r\nb\r\n', ['a', 'b']],
    ['a\n\nb', ['a', null, 'b']],
    ['\r\n', [null]],
    ['\u{feff}a\n\u{feff}b\n', ['a', '\u{feff}b']],
  ])('of %j are %j', (text, expected) => {
    expect(cut(new LineCutter(), text)).toEqual(expected);
  });

  it('are the same however the text is cut into chunks', () => {
    const text = fc.array(fc.constantFrom('a', 'ü', '\n', '\r\n', '{}'), { maxLength: 40 });
    fc.assert(
      fc.property(text, sizes, (parts, chunks) => {
        const whole = parts.join('');
        expect(cut(new LineCutter(), whole, chunks)).toEqual(cut(new LineCutter(), whole));
      }),
    );
  });

  it('end where one is too long to be held', () => {
    const cutter = new LineCutter();
    const chunk = Buffer.alloc(1024 * 1024, 'a');
    expect(() => {
      for (let count = 0; count < 17; count++) cutter.cut(chunk);
    }).toThrow(expect.objectContaining({ kind: 'data', code: 'object_line_too_long' }) as Error);
  });
});

describe('rows of CSV', () => {
  it.each([
    ['id,name\n1,a\n2,b', ['id,name\n1,a', 'id,name\n2,b']],
    ['id,name\r\n1,"a\nb"\r\n', ['id,name\n1,"a\nb"']],
    ['id,name\n1,"a ""b"",\nc"\n2,b\n', ['id,name\n1,"a ""b"",\nc"', 'id,name\n2,b']],
    // A stray quote is its own row's fault, and no other's.
    ['id,name\n1,5" pipe\n2,b\n', ['id,name\n1,5" pipe', 'id,name\n2,b']],
    ['id\n\n1\n', [null, 'id\n1']],
    ['id,name\n', []],
  ])('of %j are documents of their own', (text, expected) => {
    expect(cut(new CsvCutter(), text)).toEqual(expected);
  });

  it('are the same however the text is cut into chunks', () => {
    const cell = fc.constantFrom('1', '"x\ny"', '"a,""b"""', '', 'ü', '5"');
    const rows = fc.array(fc.tuple(cell, cell), { maxLength: 8 });
    fc.assert(
      fc.property(rows, sizes, (cells, chunks) => {
        const text = ['id,name', ...cells.map((row) => row.join(','))].join('\n');
        const values = cut(new CsvCutter(), text, chunks);
        expect(values).toEqual(cells.map((row) => `id,name\n${row.join(',')}`));
      }),
    );
  });

  it('need a header', () => {
    expect(() => cut(new CsvCutter(), '\nid\n')).toThrow(
      expect.objectContaining({ kind: 'data', code: 'csv_header_missing' }) as Error,
    );
  });
});
