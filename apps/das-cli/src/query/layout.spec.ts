import type { Column, Value } from '@das/warehouse';
import { csvLayout, jsonLayout, type Layout } from './layout';
import { textTable } from './text-table';

const COLUMNS: readonly Column[] = [
  { name: 'NAME', type: 'text' },
  { name: 'N', type: 'number' },
];
const ROWS: readonly (readonly Value[])[] = [
  ['a, "b"\nc', 1],
  ['', 12.5],
  [null, '9007199254740993'],
];
const shown = (layout: Layout, rows: readonly (readonly Value[])[]): string =>
  layout.begin() + rows.map((row) => layout.row(row)).join('') + layout.end();

describe('a result', () => {
  it('is CSV as RFC 4180 has it, with a header also where there is no row', () => {
    expect(shown(csvLayout(COLUMNS), ROWS)).toBe(
      'NAME,N\r\n"a, ""b""\nc",1\r\n"",12.5\r\n,9007199254740993\r\n',
    );
    expect(shown(csvLayout(COLUMNS), [])).toBe('NAME,N\r\n');
  });

  it('is a JSON array of objects, also where there is no row', () => {
    expect(JSON.parse(shown(jsonLayout(COLUMNS), ROWS))).toEqual([
      { NAME: 'a, "b"\nc', N: 1 },
      { NAME: '', N: 12.5 },
      { NAME: null, N: '9007199254740993' },
    ]);
    expect(shown(jsonLayout(COLUMNS), [])).toBe('[]\n');
  });

  it('is a table with numbers to the right, and with null', () => {
    const lines = [
      'NAME                     N',
      '--------  ----------------',
      'a, "b"⏎c                 1',
      '                      12.5',
      'null      9007199254740993',
      '',
    ];
    expect(shown(textTable(COLUMNS, ROWS, undefined), ROWS).split('\n')).toEqual(lines);
    expect(shown(textTable(COLUMNS, ROWS, 200), ROWS).split('\n')).toEqual(lines);
  });

  it('is a table that fits its terminal: the widest columns give way', () => {
    const rows = [['x'.repeat(100), 7]];
    expect(shown(textTable(COLUMNS, rows, 30), rows).split('\n')).toEqual([
      'NAME                         N',
      `${'-'.repeat(27)}  -`,
      `${'x'.repeat(26)}…  7`,
      '',
    ]);
    const wide = Array.from({ length: 12 }, (_, n): Column => ({ name: `COLUMN_${n}`, type: 'text' }));
    for (const line of shown(textTable(wide, [], 40), []).split('\n'))
      expect(line.length).toBeLessThanOrEqual(40);
  });

  it('moves no cursor and colours nothing, whatever a value holds', () => {
    const rows = [['\u001b[31mred\u001b[0m\r\u202e\u0007', 1]];
    expect(shown(textTable(COLUMNS, rows, 80), rows)).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
  });
});
