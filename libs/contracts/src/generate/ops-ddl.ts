import { AUDIT_COLUMNS } from '../audit-columns';
import type { HiddenColumn } from '../hidden-column';
import { REKEY_COLUMNS, REKEY_MASKS } from '../rekey-columns';
import type { Classification } from '../stream-contract';
import type { TableColumn } from '../table-column';
import { columnProtection } from './column-protection';
import { generatedFrom } from './header';
import { columnList, literal, qualified } from './sql-text';

/** A table of a domain's OPS schema that services add rows to. */
export interface OpsTable {
  readonly name: string;
  readonly columns: readonly TableColumn[];
  /** By column; what is not here is seen by whoever reads OPS. */
  readonly masks: Readonly<Record<string, HiddenColumn>>;
  readonly comment: string;
}

/** One of each for every domain. */
export const OPS_TABLES: readonly OpsTable[] = [
  {
    name: 'DEAD_LETTER_AUDIT',
    columns: AUDIT_COLUMNS,
    masks: {},
    comment: 'Dead letters that were discarded, revealed or replayed: by whom, when and why.',
  },
  {
    name: 'TOKEN_REKEYS',
    columns: REKEY_COLUMNS,
    masks: REKEY_MASKS,
    comment:
      'Which token an earlier one became when its key was followed by another. Whoever sees both links them: drop its rows when they are not needed any more.',
  },
];

/** Of a column; without a name, of the whole table. */
export function opsClass({ masks }: OpsTable, column?: string): Classification {
  const hides = column === undefined ? Object.keys(masks).length > 0 : column in masks;
  return hides ? 'pii' : 'internal';
}

/** Snowflake DDL. */
export function opsDdl(table: OpsTable, database: string, contractFiles: string): string {
  const { name, columns, masks, comment } = table;
  return [
    `-- ${generatedFrom(contractFiles)}`,
    `CREATE TABLE IF NOT EXISTS ${qualified(database, 'OPS', name)} (`,
    columnList(columns, (column) =>
      columnProtection(database, opsClass(table, column.name), masks[column.name]),
    ),
    ')',
    `WITH TAG (${qualified(database, 'OPS', 'HIGHEST_CLASS')} = ${literal(opsClass(table))})`,
    'DATA_RETENTION_TIME_IN_DAYS = 1',
    'CHANGE_TRACKING = TRUE',
    'ERROR_LOGGING = TRUE',
    `COMMENT = ${literal(comment)};`,
    '',
  ].join('\n');
}
