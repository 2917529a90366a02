import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filledTables, lineageFaults, readRenderedSql, type Broken, type TracedTable } from '@das/governance';
import type { OdcsDocument } from '@das/contracts';
import { traceLineage, type Untraced } from '../../../../scripts/render/trace-lineage';

const ROOT = join(__dirname, '../../../..');
export const RENDERED = readRenderedSql(ROOT);

/** One file of dbt/rendered as it would be. */
export interface Other {
  /** Below dbt/rendered. */
  readonly file: string;
  readonly text: string;
}

export function renderedText(file: string): string {
  return readFileSync(join(ROOT, 'dbt/rendered', file), 'utf8');
}

/** What each of these would be traced to be, the rest being as it is: all at once. */
export function traceOthers(
  others: readonly Other[],
): readonly (Other & { readonly table: TracedTable | Untraced })[] {
  const { tables, streams } = filledTables(RENDERED);
  const filled = others.flatMap(({ text }) => filledTables({ account: [], files: [text] }).filled);
  const traced = traceLineage({ tables, streams, filled });
  return others.map((other, index) => ({
    ...other,
    table: traced[index] ?? { table: '', unknown: 'nothing fills it' },
  }));
}

/** What is broken where one table is made so; what cannot be traced is as good as never traced. */
export function brokenBy(
  { text, table }: ReturnType<typeof traceOthers>[number],
  documents: readonly OdcsDocument[],
): readonly Broken[] {
  const others = RENDERED.lineage.filter((one) => one.table !== table.table);
  const lineage = 'unknown' in table ? others : [...others, table];
  return lineageFaults({ documents, account: [], files: [text], lineage });
}
