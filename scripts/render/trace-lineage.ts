import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { digestOf, filledTables, type RenderedSql, type TracedTable } from '@das/governance';

const PYTHON = join(__dirname, '../../.tools/fakesnow/bin/python');
const TRACE = join(__dirname, 'lineage/trace.py');

/** A table whose SQL cannot be followed, and why. */
export interface Untraced {
  readonly table: string;
  readonly unknown: string;
}

/**
 * Follows every column through the SQL that fills it, by sqlglot.
 * @throws Error where Python, or sqlglot, cannot be run
 */
export function traceLineage(sql: Pick<RenderedSql, 'account' | 'files'>): {
  readonly traced: readonly TracedTable[];
  readonly untraced: readonly Untraced[];
} {
  const { tables, filled, streams } = filledTables(sql);
  const { status, stdout, stderr, error } = spawnSync(PYTHON, [TRACE], {
    input: JSON.stringify({ tables: Object.fromEntries(tables), filled }),
    encoding: 'utf8',
    maxBuffer: 1024 ** 3,
  });
  if (status !== 0) throw new Error(`columns cannot be traced: ${error?.message ?? stderr}`);
  const found = JSON.parse(stdout) as readonly (Omit<TracedTable, 'digest'> | Untraced)[];
  const stored = (leaf: string): string => ofTable(leaf, streams);
  return {
    untraced: found.filter((one) => 'unknown' in one),
    traced: found.flatMap((one, index): readonly TracedTable[] => {
      const own = filled[index];
      if ('unknown' in one || own === undefined) return [];
      const columns = Object.entries(one.columns).map(
        ([name, { of, by }]) => [name, { of: of.map(stored), by: by.map(stored) }] as const,
      );
      return [
        { ...one, digest: digestOf(own), columns: Object.fromEntries(columns), rows: one.rows.map(stored) },
      ];
    }),
  };
}

/** A stream shows its table's columns. */
function ofTable(leaf: string, streams: ReadonlyMap<string, string>): string {
  const names = leaf.split('.');
  const table = streams.get(names.slice(0, 3).join('.'));
  return table === undefined ? leaf : [table, ...names.slice(3)].join('.');
}
