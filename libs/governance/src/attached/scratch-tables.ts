import type { GovernedTable } from '@das/contracts';
import { identifier, literal, qualified } from '../compile/sql-text';
import type { TableExpectations } from '../expectations/expectation-file';
import { literalRows } from '../rendered/literal-rows';
import { createStatement, readTable, type CreateStatement } from '../rendered/read-tables';

/** A table or view of GOLD as it was rendered, filled with literal rows. Names are those that were rendered. */
export interface ScratchTable {
  /** As expectations name it. */
  readonly table: string;
  readonly columns: readonly string[];
  /** Quoted, of what a role reads; ROW_CLASS is a column of it. */
  readonly name: string;
  readonly isView: boolean;
  /** Columns that a projection policy is on. */
  readonly projected: readonly string[];
  /** An aggregation policy is on it. */
  readonly isGrouped: boolean;
  readonly statements: readonly string[];
  /** A SELECT of the same rows that no policy touches. */
  readonly clear: string;
}

const ROW_CLASS = identifier('ROW_CLASS');
/** Clauses that decide what is seen, each with its name; what remains of a statement schedules, sizes or describes. */
const CLAUSES =
  /\bWITH (?:ROW ACCESS|AGGREGATION|PROJECTION|MASKING|JOIN) POLICY "\w+"\."\w+"\."\w+"(?: (?:ON|ENTITY KEY|USING) \([^)]*\))?|\bWITH TAG \((?:'(?:[^']|'')*'|[^')])*\)/gi;

/** Files of dbt/rendered, by `DB.SCHEMA.NAME`. */
export type RenderedFiles = ReadonlyMap<string, RenderedFile>;

interface RenderedFile {
  readonly create: CreateStatement;
  /** Of a view: the table that it shows. */
  readonly shows?: string | undefined;
}

export function renderedFiles(files: readonly string[]): RenderedFiles {
  return new Map(
    files.map((sql) => {
      const { name, shows } = readTable(sql);
      return [name, { create: createStatement(sql), shows }] as const;
    }),
  );
}

/**
 * What makes a table with the columns, policies and tags of its rendered statement. A dynamic table becomes a table, since rows
 * are to be put into it; a view stands over a table that has, of its columns, what the table that it shows has.
 * @throws Error where nothing was rendered, or a view's rows are decided by a column that it does not have
 */
export function scratchTable(
  table: GovernedTable,
  rows: TableExpectations['rows'],
  files: RenderedFiles,
): ScratchTable {
  const own = rendered(files, `${table.database}.${table.tier}.${table.name}`);
  const { isView } = own.create;
  const base = isView ? rendered(files, own.shows ?? '') : own;
  const definitions = isView ? baseDefinitions(table, own.create, base.create) : definitionsOf(own.create);
  const columns = table.columns.map(({ name }) => name);
  const literals = literalRows(table, rows);
  const name = quoted(own.create.name);
  const [database = '', schema = ''] = base.create.name.split('.');
  const below = isView ? qualified(database, schema, `${table.name}__BELOW`) : name;
  return {
    table: table.name.toLowerCase(),
    columns,
    name,
    isView,
    projected: columns.filter((column) => definitions.get(column)?.includes('WITH PROJECTION POLICY')),
    isGrouped: base.create.options.includes('WITH AGGREGATION POLICY'),
    clear: `SELECT ${[ROW_CLASS, ...columns.map(asText)].join(', ')} FROM (${literals}) AS literal_rows`,
    statements: [
      ...filled(below, definitions, base.create, literals, table),
      ...(isView ? [viewOver(below, own.create, table)] : []),
    ],
  };
}

/** The view's own columns and tags, over the table that stands for the one that it shows. */
function viewOver(below: string, view: CreateStatement, table: GovernedTable): string {
  const definitions = [...definitionsOf(view).values(), classColumn(table, '')].join(', ');
  const selected = [...table.columns.map(({ name }) => identifier(name)), ROW_CLASS].join(', ');
  return `CREATE SECURE VIEW ${quoted(view.name)} (${definitions}) ${clausesOf(view.options)} AS SELECT ${selected} FROM ${below}`;
}

/** A column of the scratch table as a statement reads it: text, which every type has. */
export function asText(column: string): string {
  return `CAST(${identifier(column)} AS VARCHAR) AS ${identifier(column)}`;
}

function filled(
  name: string,
  definitions: ReadonlyMap<string, string>,
  { options }: CreateStatement,
  literals: string,
  table: GovernedTable,
): readonly string[] {
  const columns = [...definitions.keys()].map(identifier).join(', ');
  return [
    `CREATE TABLE ${name} (${[...definitions.values(), classColumn(table, ' VARCHAR')].join(', ')}) ${clausesOf(options)}`.trim(),
    `INSERT INTO ${name} (${columns}, ${ROW_CLASS}) SELECT ${columns}, ${ROW_CLASS} FROM (${literals}) AS literal_rows`,
  ];
}

/** It says which row is meant, and is public: nothing hides it but the row's own policy. */
function classColumn({ database }: GovernedTable, type: string): string {
  return `${ROW_CLASS}${type} WITH TAG (${qualified(database, 'OPS', 'CLASSIFICATION')} = ${literal('public')})`;
}

/** Of each column of a view, the column of that name below it; one that is named anew has what the view says. */
function baseDefinitions(
  table: GovernedTable,
  view: CreateStatement,
  below: CreateStatement,
): ReadonlyMap<string, string> {
  const [own, others] = [definitionsOf(view), definitionsOf(below)];
  const decides = [...below.options.matchAll(/\b(?:ON|ENTITY KEY) \(([^)]*)\)/gi)].flatMap(([, given = '']) =>
    given.split(', ').map((name) => name.replaceAll('"', '')),
  );
  const missing = decides.find((name) => !own.has(name));
  if (missing !== undefined)
    throw new Error(
      `${table.name} has no column ${missing}, by which the table that it shows decides about rows`,
    );
  return new Map(
    table.columns.map(({ name, type }) => {
      const renamed = own.get(name)?.replace(identifier(name), `${identifier(name)} ${type}`);
      return [name, others.get(name) ?? renamed ?? `${identifier(name)} ${type}`];
    }),
  );
}

/** By name. */
function definitionsOf({ definitions }: CreateStatement): ReadonlyMap<string, string> {
  return new Map(
    definitions.map((definition) => [
      /^"(\w+)"/.exec(definition)?.[1] ?? '',
      definition.replace(/ COMMENT '(?:[^']|'')*'$/i, ''),
    ]),
  );
}

function clausesOf(options: string): string {
  return [...options.matchAll(CLAUSES)].map(([clause]) => clause).join(' ');
}

function rendered(files: RenderedFiles, name: string): RenderedFile {
  const file = files.get(name);
  if (file === undefined) throw new Error(`dbt/rendered has no ${name}: npm run render writes it`);
  return file;
}

function quoted(name: string): string {
  return name.split('.').map(identifier).join('.');
}
