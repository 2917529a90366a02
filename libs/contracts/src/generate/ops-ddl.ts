import { AUDIT_COLUMNS } from '../audit-columns';
import { REKEY_COLUMNS } from '../rekey-columns';
import type { TableColumn } from '../table-column';
import { generatedFrom } from './header';
import { columnList, literal, qualified } from './sql-text';

/** A table of a domain's OPS schema that services add rows to. */
interface OpsTable {
  readonly name: string;
  readonly columns: readonly TableColumn[];
  readonly comment: string;
}

/** One of each for every domain. */
export const OPS_TABLES: readonly OpsTable[] = [
  {
    name: 'DEAD_LETTER_AUDIT',
    columns: AUDIT_COLUMNS,
    comment: 'Dead letters that were discarded, revealed or replayed: by whom, when and why.',
  },
  {
    name: 'TOKEN_REKEYS',
    columns: REKEY_COLUMNS,
    comment:
      'Which token an earlier one became when its key was followed by another. Whoever reads it links both: drop its rows when they are not needed any more.',
  },
];

/** Snowflake DDL. */
export function opsDdl(
  { name, columns, comment }: OpsTable,
  database: string,
  contractFiles: string,
): string {
  return [
    `-- ${generatedFrom(contractFiles)}`,
    `CREATE TABLE IF NOT EXISTS ${qualified(database, 'OPS', name)} (`,
    columnList(columns),
    ')',
    'DATA_RETENTION_TIME_IN_DAYS = 1',
    'CHANGE_TRACKING = TRUE',
    'ERROR_LOGGING = TRUE',
    `COMMENT = ${literal(comment)};`,
    '',
  ].join('\n');
}
