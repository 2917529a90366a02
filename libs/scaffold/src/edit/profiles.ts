import { addToSequence } from './yaml-insert';

/** Lets dbt build a domain's tables in a DuckDB file of their own, attached under the database's name. */
export function attachDatabase(text: string, database: string): string {
  if (text.includes(`alias: ${database}\n`)) return text;
  const path = `"{{ env_var('DAS_WORK', '../.das/demo/refined/work') }}/${database}.duckdb"`;
  return addToSequence(text, ['das', 'outputs', 'local', 'attach'], `path: ${path}\nalias: ${database}`);
}
