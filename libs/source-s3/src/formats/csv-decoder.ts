import type { JsonSchema } from '@das/contracts';
import type { EventDecoder, Undecoded } from '@das/pipeline';
import { parse } from 'csv-parse/sync';
import { jsonText, RawJson } from './json-text';

const NEWLINE = 0x0a;
const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;
const NOTHING = Promise.resolve();

type CellType = 'text' | 'number' | 'boolean' | 'json';
type Tree = Map<string, Tree | string | RawJson>;

/**
 * Makes JSON of rows of CSV, each with its header (see CsvCutter), by the types of the contract. What has no header
 * is JSON already. A column named `member.id` is the property `id` of `member`; an empty cell is left out; a cell
 * that is not of its type stays a text, which the contract then refuses.
 * @param schema - the newest contract's: what a column that it does not know holds is text
 */
export function createCsvDecoder(schema: JsonSchema): EventDecoder {
  return {
    // A line of JSON has no newline within it, and a row after its header has one.
    decode: (value) => (value.includes(NEWLINE) ? decodeRow(value, schema) : value),
    ready: (records) => records.length,
    prepare: async () => NOTHING,
    close: async () => NOTHING,
  };
}

function decodeRow(value: Uint8Array, schema: JsonSchema): Uint8Array | Undecoded {
  const [header = [], row = [], ...more] = rowsOf(value);
  if (row.length === 0 || more.length > 0) return refuse('csv_syntax');
  if (row.length !== header.length) return refuse('csv_columns');
  const event: Tree = new Map();
  for (const [index, name] of header.entries()) {
    const { [index]: cell = '' } = row;
    if (cell === '') continue;
    const path = name.trim().split('.');
    if (!put(event, path, typed(cell, typeAt(schema, path)))) return refuse('csv_duplicate_column');
  }
  return Buffer.from(jsonText(event));
}

function rowsOf(value: Uint8Array): string[][] {
  try {
    return parse(Buffer.from(value.buffer, value.byteOffset, value.byteLength), { relax_column_count: true });
  } catch {
    // The parser's words quote the row.
    return [];
  }
}

function refuse(rule: string): Undecoded {
  return { reason: 'undecodable', rule };
}

/** @returns whether there was room: two columns of one name would leave it to chance which one lands */
function put(tree: Tree, [name = '', ...rest]: readonly string[], value: string | RawJson): boolean {
  const there = tree.get(name);
  if (rest.length === 0) {
    if (there !== undefined) return false;
    tree.set(name, value);
    return true;
  }
  if (there !== undefined && !(there instanceof Map)) return false;
  const branch: Tree = there ?? new Map<string, never>();
  tree.set(name, branch);
  return put(branch, rest, value);
}

function typed(cell: string, type: CellType): string | RawJson {
  if (type === 'number' && NUMBER.test(cell)) return new RawJson(cell);
  if (type === 'boolean' && /^(true|false)$/i.test(cell)) return new RawJson(cell.toLowerCase());
  if (type === 'json' && isJsonText(cell)) return new RawJson(cell);
  return cell;
}

function isJsonText(cell: string): boolean {
  try {
    JSON.parse(cell);
    return true;
  } catch {
    return false;
  }
}

function typeAt(schema: JsonSchema, path: readonly string[]): CellType {
  let at: unknown = schema;
  for (const name of path) {
    const properties = (at as { properties?: Record<string, unknown> } | undefined)?.properties;
    at = properties !== undefined && Object.hasOwn(properties, name) ? properties[name] : undefined;
  }
  const { type } = (at ?? {}) as { type?: string | readonly string[] };
  const types = typeof type === 'string' ? [type] : (type ?? []);
  if (types.includes('string')) return 'text';
  if (types.includes('number') || types.includes('integer')) return 'number';
  if (types.includes('boolean')) return 'boolean';
  return types.includes('object') || types.includes('array') ? 'json' : 'text';
}
