import { join } from 'node:path';
import { appliedStatements, LINEAGE_FILE, lineageText } from '@das/governance';
import type { RenderedFile } from './rendered-files';
import { traceLineage } from './trace-lineage';

const ROOT = join(__dirname, '../..');

/**
 * Beside each model's SQL, what its columns are made of.
 * @throws Error naming every table whose SQL cannot be followed
 */
export function lineageFiles(rendered: readonly RenderedFile[]): readonly RenderedFile[] {
  const account = appliedStatements(join(ROOT, 'sql'));
  const { traced, untraced } = traceLineage({ account, files: rendered.map(({ text }) => text) });
  if (untraced.length > 0)
    throw new Error(
      untraced
        .map(({ table, unknown }) => `${table}: its columns cannot be traced: it ${unknown}`)
        .join('\n'),
    );
  return traced.map((table) => ({
    path: `${table.table.toLowerCase().replaceAll('.', '/')}${LINEAGE_FILE}`,
    text: lineageText(table),
  }));
}
