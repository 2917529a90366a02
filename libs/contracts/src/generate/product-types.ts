import { goldColumns } from '../gold-columns';
import type { ModelColumn } from '../model-column';
import type { OdcsDocument, OdcsTable } from '../odcs';
import { toProductContract } from '../product-view';
import { generatedFrom } from './header';
import { constantName, typeName } from './type-names';

/** The TypeScript type of a row of each of a product's tables, and the product's runtime contract. */
export function productTypes(document: OdcsDocument, contractFile: string): string {
  return [
    `/* ${generatedFrom(contractFile)} */`,
    "import type { ProductContract } from '@das/contracts';",
    '',
    ...document.schema.map(rowType),
    comment(document.description.purpose, ''),
    `export const ${productConstant(document)}: ProductContract = ${JSON.stringify(toProductContract(document), null, 2)};`,
    '',
  ].join('\n');
}

/** A product may have a table of its own name: `ordersProduct`, and `OrdersRow`. */
export function productConstant({ name }: Pick<OdcsDocument, 'name'>): string {
  return `${constantName(name)}Product`;
}

function rowType(table: OdcsTable): string {
  return [
    comment(table.description, ''),
    `export interface ${typeName(table.name)}Row {`,
    ...goldColumns(table).flatMap((column) => [
      comment(column.description, '  '),
      `  ${column.name.toUpperCase()}: ${valueType(column)}${column.nullable ? ' | null' : ''};`,
    ]),
    '}',
    '',
  ].join('\n');
}

/** Times and dates are text in ISO 8601, as JSON has no other. */
function valueType({ type, allowed }: ModelColumn): string {
  if (allowed !== undefined)
    return allowed.map((value) => (typeof value === 'number' ? String(value) : quoted(value))).join(' | ');
  if (type.startsWith('NUMBER')) return 'number';
  if (type === 'BOOLEAN') return 'boolean';
  if (type === 'VARIANT' || type === 'ARRAY' || type === 'OBJECT') return 'unknown';
  return 'string';
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

function comment(text: string, indent: string): string {
  const lines = text.replaceAll('*/', '*\\/').split('\n');
  return [`${indent}/**`, ...lines.map((line) => `${indent} * ${line}`.trimEnd()), `${indent} */`].join('\n');
}
