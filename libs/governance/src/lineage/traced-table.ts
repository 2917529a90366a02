import { createHash } from 'node:crypto';
import { z } from 'zod';

/** How the files end that say what a table is made from, beside its SQL. */
export const LINEAGE_FILE = '.lineage.json';

/** A table that SQL fills, as it is to be traced. */
export interface FilledTable {
  /** `DB.SCHEMA.NAME` */
  readonly table: string;
  /** In their order. */
  readonly columns: readonly string[];
  /** Queries, INSERTs and MERGEs. */
  readonly statements: readonly string[];
}

const leaves = z.array(z.string());

const tracedTable = z.strictObject({
  table: z.string(),
  /** Of the SQL that was traced. */
  digest: z.string(),
  columns: z.record(z.string(), z.strictObject({ of: leaves, by: leaves })),
  rows: leaves,
  reads: z.array(z.string()),
});

/**
 * What the columns of a table are made of, told from its SQL. Each source is `DB.SCHEMA.TABLE.COLUMN`, with `:path` where only
 * what stands there is taken (`[]`: an element). `of`: what a value is computed from, the conditions of a CASE included; `by`:
 * the keys by which a window took rows together; `rows`: what decides which rows there are (filters, joins, groups);
 * `reads`: the tables (`DB.SCHEMA.TABLE`) that it looks into, also where it takes none of their columns.
 */
export type TracedTable = z.infer<typeof tracedTable>;

export function digestOf({ columns, statements }: FilledTable): string {
  return createHash('sha256')
    .update(JSON.stringify([columns, statements]))
    .digest('hex')
    .slice(0, 32);
}

/** One column a line, so that a review shows which one changed. */
export function lineageText({ table, digest, columns, rows, reads }: TracedTable): string {
  const lines = Object.entries(columns).map(
    ([name, made]) => `    ${JSON.stringify(name)}: ${JSON.stringify(made)}`,
  );
  return [
    '{',
    `  "table": ${JSON.stringify(table)},`,
    `  "digest": ${JSON.stringify(digest)},`,
    '  "columns": {',
    lines.join(',\n'),
    '  },',
    `  "rows": ${JSON.stringify(rows)},`,
    `  "reads": ${JSON.stringify(reads)}`,
    '}',
    '',
  ].join('\n');
}

/** @throws Error where it is no such text */
export function readLineage(text: string): TracedTable {
  return tracedTable.parse(JSON.parse(text));
}
