import type { ProductTable } from '@das/contracts';
import type { DemoDomain } from './domains';
import { withSnapshot, type PublishedSnapshot } from './refined';
import { tableName } from './streams';
import { tableText } from './table-text';

const ROWS = 3;
const COLUMNS = 6;
const LONGEST = 24;
/** Of each domain, where there are several. */
const TABLES = 2;
/** Classes of what anybody here may see; the rest is left out rather than masked. */
const SHOWN = new Set(['public', 'internal']);

/** Those of a domain; of several domains, some of each. */
export function shownTables(domains: readonly DemoDomain[]): readonly ProductTable[] {
  return domains.flatMap((domain) => (domains.length > 1 ? mostTold(domain) : domain.tables));
}

/** A few rows of products, without personal columns. */
export async function showProducts(
  snapshot: PublishedSnapshot,
  domains: readonly DemoDomain[],
): Promise<string> {
  const texts = await withSnapshot(snapshot, async (db) => {
    const all: string[] = [];
    for (const { table, columns } of shownTables(domains)) {
      const shown = shownOf(columns);
      const names = shown.map((column) => column.name);
      const name = [table.database, table.schema, table.name].map((part) => `"${part}"`).join('.');
      const cells = shown.map(({ name: column, type }) => cellOf(column, type)).join(', ');
      const answer = await db.runAndReadAll(`SELECT ${cells} FROM ${name} ORDER BY ALL LIMIT ${ROWS}`);
      const rows = answer
        .getRows()
        .map((row) => row.map((cell) => (cell === null ? '' : shorten(String(cell)))));
      all.push(`${tableName({ table })}\n${tableText([names, ...rows])}`);
    }
    return all;
  });
  return texts.join('\n\n');
}

/** The tables of which most can be shown, in their order. */
function mostTold({ tables }: DemoDomain): readonly ProductTable[] {
  const told = [...tables].sort((a, b) => shownOf(b.columns).length - shownOf(a.columns).length);
  return tables.filter((table) => told.indexOf(table) < TABLES);
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
