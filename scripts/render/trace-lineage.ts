import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { digestOf, type Filled, type TracedTable } from '@das/governance';

const PYTHON = join(__dirname, '../../.tools/fakesnow/bin/python');
const TRACE = join(__dirname, 'lineage/trace.py');

/** A table whose SQL cannot be followed, and why. */
export interface Untraced {
  readonly table: string;
  readonly unknown: string;
}

/**
 * Follows every column through the SQL that fills it, by sqlglot.
 * @returns one for each that is filled, in their order
 * @throws Error where Python, or sqlglot, cannot be run
 */
export function traceLineage({ tables, filled, streams }: Filled): readonly (TracedTable | Untraced)[] {
  const { status, stdout, stderr, error } = spawnSync(PYTHON, [TRACE], {
    input: JSON.stringify({ tables: Object.fromEntries(tables), filled }),
    encoding: 'utf8',
    maxBuffer: 1024 ** 3,
  });
  if (status !== 0) throw new Error(`columns cannot be traced: ${error?.message ?? stderr}`);
  const found = JSON.parse(stdout) as readonly (Omit<TracedTable, 'digest'> | Untraced)[];
  const stored = (leaves: readonly string[]): string[] =>
    leaves.map((leaf) => ofTable(leaf, streams)).toSorted();
  return filled.map((own, index) => {
    const one = found[index];
    if (one === undefined || 'unknown' in one) return one ?? { table: own.table, unknown: 'was not told of' };
    const columns = Object.entries(one.columns).map(
      ([name, { of, by }]) => [name, { of: stored(of), by: stored(by) }] as const,
    );
    return {
      table: own.table,
      digest: digestOf(own),
      columns: Object.fromEntries(columns),
      rows: stored(one.rows),
      reads: [...new Set(one.reads.map((name) => ofTable(name, streams)))].toSorted(),
    };
  });
}

/** A stream shows its table's columns. */
function ofTable(leaf: string, streams: ReadonlyMap<string, string>): string {
  const names = leaf.split('.');
  const table = streams.get(names.slice(0, 3).join('.'));
  return table === undefined ? leaf : [table, ...names.slice(3)].join('.');
}
