import { bracketed, plainName, statementsOf, withoutComments } from '../rendered/statements';
import type { FilledTable } from './traced-table';

const NAME = '("\\w+"\\."\\w+"\\."\\w+")';
const CREATES = new RegExp(
  `^create (?:or replace )?(?:dynamic table|secure view|table)(?: if not exists)? ${NAME} \\(`,
  'i',
);
const STREAM = new RegExp(`^create stream if not exists ${NAME} on table ${NAME} `, 'i');
/** Neither gives a column a value nor a row a place. */
const INERT =
  /^(?:create stream if not exists |alter task \S+ resume$|grant select on (?:dynamic table|table|view) "\w+"\."\w+"\."\w+" to database role "\w+"\."\w+"$)/i;
/** What a stream has beside its table's columns. */
const OF_STREAM = ['METADATA$ACTION', 'METADATA$ISUPDATE', 'METADATA$ROW_ID'];

/** What is known of the tables that SQL reads, and what fills those that it makes. */
export interface Filled {
  /** By `DB.SCHEMA.NAME`, streams among them. */
  readonly tables: ReadonlyMap<string, readonly string[]>;
  readonly filled: readonly FilledTable[];
  /** The table of each stream. */
  readonly streams: ReadonlyMap<string, string>;
}

/** @param account - every statement of the account; @param files - of dbt/rendered, one a table */
export function filledTables({
  account,
  files,
}: {
  readonly account: readonly string[];
  readonly files: readonly string[];
}): Filled {
  const statements = files.map((file) => statementsOf(file).map(withoutComments));
  const tables = new Map([...account, ...statements.flat()].flatMap(created));
  const streams = new Map(
    statements.flat().flatMap((sql): readonly (readonly [string, string])[] => {
      const [, stream, table] = STREAM.exec(sql) ?? [];
      return stream === undefined || table === undefined ? [] : [[plainName(stream), plainName(table)]];
    }),
  );
  for (const [stream, table] of streams) tables.set(stream, [...(tables.get(table) ?? []), ...OF_STREAM]);
  return { tables, streams, filled: statements.flatMap((own) => filledBy(own, tables)) };
}

function created(sql: string): readonly (readonly [string, readonly string[]])[] {
  const [, name] = CREATES.exec(sql) ?? [];
  if (name === undefined) return [];
  return [[plainName(name), bracketed(sql).parts.map((part) => /^"(\w+)"/.exec(part)?.[1] ?? part)]];
}

/** Of one file: everything in it that is not known to fill nothing. */
function filledBy(
  statements: readonly string[],
  tables: ReadonlyMap<string, readonly string[]>,
): readonly FilledTable[] {
  const [, name] = statements.map((sql) => CREATES.exec(sql)).find((found) => found !== null) ?? [];
  if (name === undefined) return [];
  const table = plainName(name);
  const fills = statements.flatMap((sql) => {
    if (INERT.test(sql)) return [];
    const isMade = CREATES.test(sql) || /^create or alter task /i.test(sql);
    if (!isMade) return [sql];
    const body = bodyOf(sql);
    return body === undefined ? [] : [body];
  });
  return [{ table, columns: tables.get(table) ?? [], statements: fills }];
}

/** What stands after the first AS that is in no bracket and no text; undefined: there is none. */
function bodyOf(sql: string): string | undefined {
  let depth = 0;
  for (const { 0: piece, index } of sql.matchAll(/'(?:[^']|'')*'|"[^"]*"|[()]| as /gi)) {
    if (piece === '(') depth++;
    if (piece === ')') depth--;
    if (depth === 0 && piece.toLowerCase() === ' as ') return sql.slice(index + piece.length);
  }
  return undefined;
}
