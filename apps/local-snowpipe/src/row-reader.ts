import type { Column, Table } from './table';

/** One row's columns as text, `null` for NULL, in the table's order. */
export type RowText = readonly (string | null)[];

/** Why the table cannot take a row; names a column, never a value. */
export class RowRejected extends Error {}

/** Reads one NDJSON line; throws RowRejected. */
export type RowReader = (line: string) => RowText;

/**
 * Columns are matched by name. Numbers and semi-structured values stay the text that was sent, so that no digit
 * is lost; whether a type takes the text is for the Parquet writer to say.
 */
export function rowReaderOf({ columns }: Table): RowReader {
  const indexes = new Map(columns.map(({ name }, index) => [name, index]));
  const required = columns.flatMap(({ nullable }, index) => (nullable ? [] : [index]));
  return (line) => {
    checkObject(line);
    const row = new Array<string | null>(columns.length).fill(null);
    for (const [name, value] of entriesOf(line)) {
      const index = indexes.get(name);
      const column = index === undefined ? undefined : columns[index];
      if (index === undefined || column === undefined) throw new RowRejected('a column is not in the table');
      row[index] = value === 'null' ? null : textOf(value, column);
    }
    for (const index of required) {
      if (row[index] === null) throw new RowRejected(`${columns[index]?.name ?? ''} is NOT NULL`);
    }
    return row;
  };
}

function checkObject(line: string): void {
  let row: unknown;
  try {
    row = JSON.parse(line);
  } catch {
    throw new RowRejected('the row is not JSON');
  }
  if (typeof row !== 'object' || row === null || Array.isArray(row))
    throw new RowRejected('the row is not an object');
}

/** @param value - JSON as it was sent */
function textOf(value: string, column: Column): string {
  if (takes(column, value)) {
    const isText = value.startsWith('"') && column.kind !== 'variant';
    return isText ? (JSON.parse(value) as string) : value;
  }
  throw new RowRejected(`${column.name} does not take this value`);
}

function takes({ kind, precision, scale }: Column, value: string): boolean {
  switch (kind) {
    case 'variant':
      return true;
    case 'array':
      return value.startsWith('[');
    case 'object':
      return value.startsWith('{');
    case 'text':
      return !/^[[{]/.test(value);
    case 'boolean':
      return /^(true|false|"true"|"false")$/.test(value);
    case 'timestamp':
      return /^"\d{4}-\d\d-\d\d/.test(value);
    case 'number': {
      const [, whole = '', fraction = ''] = /^"?-?(\d+)(?:\.(\d+))?"?$/.exec(value) ?? [];
      return whole !== '' && whole.length <= precision - scale && fraction.length <= scale;
    }
  }
}

/** The names and the values' text of a valid JSON object. */
function* entriesOf(json: string): Generator<readonly [name: string, value: string]> {
  let at = skipSpace(json, json.indexOf('{') + 1);
  while (json.charCodeAt(at) === QUOTE) {
    const nameEnd = endOfString(json, at);
    const name = json.slice(at + 1, nameEnd - 1);
    const start = skipSpace(json, json.indexOf(':', nameEnd) + 1);
    const end = endOfValue(json, start);
    yield [name.includes('\\') ? (JSON.parse(`"${name}"`) as string) : name, json.slice(start, end)];
    // Past the comma; at the closing brace the loop ends, for it is no quote.
    const next = skipSpace(json, end);
    at = json.charCodeAt(next) === COMMA ? skipSpace(json, next + 1) : next;
  }
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const isOpening = (code: number): boolean => code === 0x7b || code === 0x5b;
const isClosing = (code: number): boolean => code === 0x7d || code === 0x5d;

function skipSpace(json: string, from: number): number {
  let at = from;
  while (json.charCodeAt(at) <= 0x20) at++;
  return at;
}

/** @returns the index after the closing quote */
function endOfString(json: string, open: number): number {
  for (let end = json.indexOf('"', open + 1); ; end = json.indexOf('"', end + 1)) {
    let escapes = 0;
    while (json.charCodeAt(end - 1 - escapes) === BACKSLASH) escapes++;
    if (escapes % 2 === 0) return end + 1;
  }
}

function endOfValue(json: string, start: number): number {
  let depth = 0;
  for (let at = start; ; at++) {
    const code = json.charCodeAt(at);
    if (code === QUOTE) {
      at = endOfString(json, at) - 1;
      if (depth === 0) return at + 1;
    } else if (isOpening(code)) depth++;
    else if (isClosing(code)) {
      if (depth === 0) return at;
      if (--depth === 0) return at + 1;
    } else if (depth === 0 && (code === COMMA || code <= 0x20)) return at;
  }
}
