import { AUDIT_COLUMNS } from '../audit-columns';
import { generatedFrom } from './header';
import { columnList, literal, qualified } from './sql-text';

/** Snowflake DDL of a domain's record of what was done with its dead letters. */
export function auditDdl(database: string, contractFiles: string): string {
  return [
    `-- ${generatedFrom(contractFiles)}`,
    `CREATE TABLE IF NOT EXISTS ${qualified(database, 'OPS', 'DEAD_LETTER_AUDIT')} (`,
    columnList(AUDIT_COLUMNS),
    ')',
    'DATA_RETENTION_TIME_IN_DAYS = 1',
    'CHANGE_TRACKING = TRUE',
    'ERROR_LOGGING = TRUE',
    `COMMENT = ${literal('Dead letters that were discarded, revealed or replayed: by whom, when and why.')};`,
    '',
  ].join('\n');
}
