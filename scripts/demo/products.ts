import { PRODUCTS } from '@contracts/brook-commerce';
import type { ProductTable } from '@das/contracts';
import { withSnapshot, type PublishedSnapshot } from './refined';

const ROWS = 3;
const COLUMNS = 6;
const LONGEST = 24;
/** Classes of what anybody here may see; the rest is left out rather than masked. */
const SHOWN = new Set(['public', 'internal']);

/** A few rows of each product, without personal columns. */
export async function showProducts(snapshot: PublishedSnapshot): Promise<string> {
  const tables = PRODUCTS.flatMap((product) => product.tables).filter(({ internal }) => !internal);
  const texts = await withSnapshot(snapshot, async (db) => {
    const all: string[] = [];
    for (const { table, columns } of tables) {
      const shown = shownOf(columns);
      const names = shown.map((column) => column.name);
      const name = [table.database, table.schema, table.name].map((part) => `"${part}"`).join('.');
      const cells = shown.map(({ name: column, type }) => cellOf(column, type)).join(', ');
      const answer = await db.runAndReadAll(`SELECT ${cells} FROM ${name} ORDER BY ALL LIMIT ${ROWS}`);
      const rows = answer
        .getRows()
        .map((row) => row.map((cell) => (cell === null ? '' : shorten(String(cell)))));
      all.push(`${table.database}.${table.schema}.${table.name}\n${layOut([names, ...rows])}`);
    }
    return all;
  });
  return texts.join('\n\n');
}

function shownOf(columns: ProductTable['columns']): ProductTable['columns'] {
  return columns
    .filter(({ classification, kind }) => SHOWN.has(classification) && kind === undefined)
    .slice(0, COLUMNS);
}

/** Times to the second. */
function cellOf(column: string, type: string): string {
  return type.startsWith('TIMESTAMP')
    ? `strftime("${column}", '%Y-%m-%d %H:%M:%S')`
    : `CAST("${column}" AS VARCHAR)`;
}

function shorten(value: string): string {
  return value.length <= LONGEST ? value : `${value.slice(0, LONGEST - 1)}…`;
}

function layOut(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, index) => Math.max(...rows.map((row) => row[index]?.length ?? 0)));
  return rows
    .map((row) => `  ${row.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join('  ')}`.trimEnd())
    .join('\n');
}
