import { Failure } from '@das/pipeline';
import { nearNames } from '../near-names';
import { tableOf } from '../quote';
import { isNameLike } from '../sql-literals';
import { sqlMistake } from '../sql-mistake';
import type { TableName } from '../warehouse';
import type { SyntaxTree } from './syntax-tree';
import { walk, type Found } from './walk';

/** They make rows of values; every other table function reads something. */
const TABLE_FUNCTIONS = new Set(['unnest', 'range', 'generate_series']);
/** They tell of the machine, or of how a query would be run, or leave something behind. */
const REFUSED_FUNCTIONS = new Set([
  'current_setting',
  'format_type',
  'get_block_size',
  'getvariable',
  'json_serialize_plan',
  'nextval',
  'write_log',
]);

export interface Declared {
  readonly tables: readonly TableName[];
  /** Why a table may be missing. */
  readonly cure: string;
}

/**
 * Holds a query to the tables that are declared, by its syntax tree and not by its text (ADR 0019).
 * @throws Failure
 */
export function confine(sql: string, tree: SyntaxTree, declared: Declared): void {
  const known = new Set(declared.tables.map((table) => tableOf(table).toUpperCase()));
  walk(tree, {
    table: (table) => {
      if (!known.has(tableOf(table).toUpperCase())) throw missing(sql, table, declared);
    },
    tableFunction: ({ name, at }) => {
      if (!TABLE_FUNCTIONS.has(name))
        throw sqlMistake(
          sql,
          `${name} is not read from: only tables are, and unnest, range and generate_series`,
          {
            at,
          },
        );
    },
    function: ({ name, schema, at }) => {
      if (REFUSED_FUNCTIONS.has(name) || schema === 'pg_catalog' || name.startsWith('pg_'))
        throw sqlMistake(sql, `${name} is not among the functions that a query may use`, { at });
    },
    other: ({ name, at }) => {
      throw sqlMistake(sql, `${name} is not read: ask for one SELECT of tables`, { at });
    },
  });
}

function missing(sql: string, table: Found & TableName, { tables, cure }: Declared): Failure {
  if (table.database === '' || table.schema === '') {
    const meant = tables.filter(({ name }) => name.toUpperCase() === table.name.toUpperCase()).map(tableOf);
    const hint = meant.length === 0 ? '' : `: ${meant.join(', ')}`;
    return sqlMistake(
      sql,
      `the table${isNameLike(table.name) ? ` ${table.name}` : ''} is to be named with its database and schema${hint}`,
      {
        at: table.at,
      },
    );
  }
  const isRepeated = [table.database, table.schema, table.name].every(isNameLike);
  const wanted = isRepeated ? tableOf(table) : 'of that name';
  const near = nearNames(tableOf(table), tables.map(tableOf));
  const hint = near.length === 0 ? '' : `; there is ${near.join(', ')}`;
  return new Failure('setup', 'table_missing', `there is no table ${wanted}${hint}`, { cure });
}
