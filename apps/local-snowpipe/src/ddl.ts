import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { UsageError } from './options';
import type { Column, ColumnKind, Table } from './table';

const KINDS: Readonly<Record<string, ColumnKind>> = {
  VARCHAR: 'text',
  STRING: 'text',
  TEXT: 'text',
  CHAR: 'text',
  NUMBER: 'number',
  DECIMAL: 'number',
  NUMERIC: 'number',
  INT: 'number',
  INTEGER: 'number',
  BIGINT: 'number',
  BOOLEAN: 'boolean',
  TIMESTAMP_TZ: 'timestamp',
  TIMESTAMP_LTZ: 'timestamp',
  TIMESTAMP_NTZ: 'timestamp',
  TIMESTAMP: 'timestamp',
  VARIANT: 'variant',
  ARRAY: 'array',
  OBJECT: 'object',
};

/** Of `sql/`: the tables of these are the account's own, and nobody streams rows into them. */
const ACCOUNT_FOLDERS = new Set(['policies', 'account']);

/** Words after which a parenthesis lists a constraint, not a column. */
const CONSTRAINTS = new Set(['CONSTRAINT', 'PRIMARY', 'UNIQUE', 'FOREIGN']);

/** Tables of a .sql file, or of every .sql file below a folder. @throws UsageError */
export function readTables(path: string): readonly Table[] {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) throw new UsageError(`--ddl ${path} does not exist`);
  const files = stat.isDirectory()
    ? readdirSync(path, { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.sql') && !ACCOUNT_FOLDERS.has(name.split(sep)[0] ?? ''))
        .map((name) => join(path, name))
        .sort()
    : [path];
  const tables = files.flatMap((file) => parseTables(readFileSync(file, 'utf8'), file));
  if (tables.length === 0) throw new UsageError(`--ddl ${path} holds no CREATE TABLE`);
  return tables;
}

/** The CREATE TABLE statements of a script; every other statement is passed over. @throws UsageError */
export function parseTables(sql: string, file: string): readonly Table[] {
  const tokens = tokenise(sql);
  const tables: Table[] = [];
  for (let at = 0; at < tokens.length; at++) {
    if (word(tokens[at]) !== 'CREATE') continue;
    let next = at + 1;
    while (['OR', 'REPLACE', 'ALTER', 'TRANSIENT'].includes(word(tokens[next]))) next++;
    if (word(tokens[next]) !== 'TABLE') continue;
    next++;
    while (['IF', 'NOT', 'EXISTS'].includes(word(tokens[next]))) next++;
    const names: string[] = [];
    for (; tokens[next] !== undefined && tokens[next]?.text !== '('; next++) {
      if (tokens[next]?.text !== '.') names.push(nameOf(tokens[next]));
    }
    const [database, schema, name] = names;
    if (name === undefined || database === undefined || schema === undefined || names.length !== 3) {
      throw new UsageError(`${file}: a table's name has three parts, "DB"."SCHEMA"."TABLE"`);
    }
    tables.push({ database, schema, name, columns: columnsOf(tokens, next, `${file}: ${name}`) });
  }
  return tables;
}

interface Token {
  readonly text: string;
  readonly kind: 'word' | 'identifier' | 'literal' | 'mark';
}

function tokenise(sql: string): readonly Token[] {
  const pattern =
    /--[^\n]*|\/\*[\s\S]*?\*\/|"((?:[^"]|"")*)"|'((?:[^']|'')*)'|([A-Za-z_][\w$]*)|(\d+)|([^\s])/g;
  return [...sql.matchAll(pattern)].flatMap(([, identifier, literal, plain, digits, mark]): Token[] => {
    if (identifier !== undefined) return [{ text: identifier.replaceAll('""', '"'), kind: 'identifier' }];
    if (literal !== undefined) return [{ text: literal, kind: 'literal' }];
    const text = plain ?? digits ?? mark;
    return text === undefined ? [] : [{ text, kind: mark === undefined ? 'word' : 'mark' }];
  });
}

/** Splits the parenthesis at `open` into its top-level parts, one per column. */
function columnsOf(tokens: readonly Token[], open: number, where: string): readonly Column[] {
  const parts: Token[][] = [[]];
  let depth = 0;
  for (const token of tokens.slice(open)) {
    if (token.text === '(' && token.kind === 'mark' && depth++ === 0) continue;
    if (token.text === ')' && token.kind === 'mark' && --depth === 0) break;
    if (token.text === ',' && token.kind === 'mark' && depth === 1) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts
    .filter((part) => part.length > 0 && !CONSTRAINTS.has(word(part[0])))
    .map((part) => columnOf(part, where));
}

function columnOf([name, type, ...rest]: readonly Token[], where: string): Column {
  const kind = KINDS[word(type)];
  if (kind === undefined)
    throw new UsageError(`${where}.${nameOf(name)}: the type ${word(type)} is not supported`);
  const sized = rest[0]?.text === '(';
  const words = rest.map(word);
  return {
    name: nameOf(name),
    kind,
    nullable: !words.some((text, index) => text === 'NOT' && words[index + 1] === 'NULL'),
    precision: sized ? Number(rest[1]?.text) : 38,
    scale: sized && rest[2]?.text === ',' ? Number(rest[3]?.text) : 0,
  };
}

/** An unquoted name or keyword in upper case, as Snowflake folds it; empty for anything else. */
function word(token: Token | undefined): string {
  return token?.kind === 'word' ? token.text.toUpperCase() : '';
}

function nameOf(token: Token | undefined): string {
  return token?.kind === 'identifier' ? token.text : word(token);
}
