import type { Column, Table } from './table';

/** One row's columns as text, `null` for NULL, in the table's order. */
export type RowText = readonly (string | null)[];

/** Why the table cannot take a row; names a column, never a value. */
export class RowRejected extends Error {}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * Reads one NDJSON line as the table would take it: columns matched by name, semi-structured values kept as the
 * text that was sent, so that no digit of a number is lost.
 * @throws RowRejected
 */
export function readRow(line: Buffer, table: Table): RowText {
  const row = parseObject(line);
  for (const name of Object.keys(row)) {
    if (!table.columns.some((column) => column.name === name))
      throw new RowRejected('a column is not in the table');
  }
  const raw = table.columns.some(isSemiStructured) ? rawValues(line) : new Map<string, string>();
  return table.columns.map((column) => {
    const text = toText(row[column.name], raw.get(column.name), column);
    if (text === null && !column.nullable) throw new RowRejected(`${column.name} is NOT NULL`);
    return text;
  });
}

function isSemiStructured({ kind }: Column): boolean {
  return kind === 'variant' || kind === 'array' || kind === 'object';
}

function parseObject(line: Buffer): Readonly<Record<string, unknown>> {
  let row: unknown;
  try {
    row = JSON.parse(line.toString('utf8'));
  } catch {
    throw new RowRejected('the row is not JSON');
  }
  if (typeof row === 'object' && row !== null && !Array.isArray(row))
    return row as Readonly<Record<string, unknown>>;
  throw new RowRejected('the row is not an object');
}

/** A value that is not nested. */
type Scalar = string | number | boolean;

function toText(value: unknown, raw: string | undefined, column: Column): string | null {
  if (value === undefined || value === null) return null;
  const text = typeof value === 'object' ? nestedText(value, raw, column) : scalarText(value as Scalar, raw, column);
  if (text !== undefined) return text;
  throw new RowRejected(`${column.name} does not take this value`);
}

function nestedText(value: object, raw: string | undefined, { kind }: Column): string | undefined {
  const taken = kind === 'variant' || kind === (Array.isArray(value) ? 'array' : 'object');
  return taken ? raw : undefined;
}

function scalarText(value: Scalar, raw: string | undefined, { kind, precision, scale }: Column): string | undefined {
  const text = String(value);
  switch (kind) {
    case 'variant':
      return raw;
    case 'array':
    case 'object':
      return undefined;
    case 'text':
      return text;
    case 'boolean':
      return text === 'true' || text === 'false' ? text : undefined;
    case 'timestamp':
      return typeof value === 'string' && !Number.isNaN(Date.parse(value)) ? value : undefined;
    case 'number': {
      const [, whole = '', fraction = ''] = /^-?(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
      return whole !== '' && whole.length <= precision - scale && fraction.length <= scale ? text : undefined;
    }
  }
}

/** The text of every top-level value of a valid JSON object, by its key. */
function rawValues(line: Buffer): Map<string, string> {
  const values = new Map<string, string>();
  let depth = 0;
  let key = '';
  let start = -1;
  for (let i = 0; i < line.length; i++) {
    const byte = line[i];
    if (byte === QUOTE) {
      const open = i;
      for (i++; line[i] !== QUOTE; i++) if (line[i] === BACKSLASH) i++;
      if (depth === 1 && start < 0) key = JSON.parse(line.toString('utf8', open, i + 1)) as string;
    } else if (byte === 0x3a && depth === 1) start = i + 1;
    else if (byte === 0x7b || byte === 0x5b) depth++;
    else if (byte === 0x7d || byte === 0x5d) depth--;
    if ((byte === 0x2c && depth === 1) || (byte === 0x7d && depth === 0)) {
      if (start >= 0) values.set(key, line.toString('utf8', start, i).trim());
      start = -1;
    }
  }
  return values;
}
