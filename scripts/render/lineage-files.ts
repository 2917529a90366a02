import { join } from 'node:path';
import { appliedStatements, filledTables, LINEAGE_FILE, lineageText } from '@das/governance';
import type { RenderedFile } from './rendered-files';
import { traceLineage } from './trace-lineage';

const ROOT = join(__dirname, '../..');

/**
 * Beside each model's SQL, what its columns are made of.
 * @throws Error naming every table whose SQL cannot be followed
 */
export function lineageFiles(rendered: readonly RenderedFile[]): readonly RenderedFile[] {
  const account = appliedStatements(join(ROOT, 'sql'));
  const traced = traceLineage(filledTables({ account, files: rendered.map(({ text }) => text) }));
  const unknown = traced.filter((one) => 'unknown' in one);
  if (unknown.length > 0)
    throw new Error(
      unknown
        .map(({ table, unknown: why }) => `${table}: its columns cannot be traced: it ${why}`)
        .join('\n'),
    );
  return traced
    .filter((one) => 'columns' in one)
    .map((table) => ({
      path: `${table.table.toLowerCase().replaceAll('.', '/')}${LINEAGE_FILE}`,
      text: lineageText(table),
    }));
}
