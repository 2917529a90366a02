import { stringify } from 'yaml';
import { generatedFrom } from './header';

/** A file of dbt properties; what is undefined is left out. */
export function dbtYaml(contractFile: string, content: Readonly<Record<string, unknown>>): string {
  const body = stringify({ version: 2, ...content }, { lineWidth: 110, aliasDuplicateObjects: false });
  return `# ${generatedFrom(contractFile)}\n${body}`;
}
