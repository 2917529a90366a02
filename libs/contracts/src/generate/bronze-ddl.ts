import { bronzeClass, BRONZE_COLUMNS, BRONZE_MASKS } from '../bronze-columns';
import type { OdcsDocument } from '../odcs';
import { retentionDays } from '../service-level';
import type { Classification } from '../stream-contract';
import { toStreamContract } from '../stream-view';
import { generatedFrom } from './header';
import { columnProtection } from './column-protection';
import { columnList, literal, qualified } from './sql-text';

/** One day of Time Travel; rows expire after the contract's retention by a policy of their own. */
const TIME_TRAVEL_DAYS = 1;

/** Snowflake DDL of a stream's BRONZE table. */
export function bronzeDdl(document: OdcsDocument, contractFile: string): string {
  const { table, classification, stream, version } = toStreamContract(document);
  const tag = (name: string): string => qualified(table.database, 'OPS', name);
  return [
    `-- ${generatedFrom(contractFile)}`,
    `CREATE TABLE IF NOT EXISTS ${qualified(table.database, table.schema, table.name)} (`,
    columnList(BRONZE_COLUMNS, ({ name }) => protection(name, classification, table.database)),
    ')',
    'CLUSTER BY (TO_DATE("INGESTED_AT"))',
    // Here, and not last: sqlfluff knows a table's tags in no other place.
    `WITH TAG (${tag('HIGHEST_CLASS')} = ${literal(classification)}, ${tag('DATA_PRODUCT')} = ${literal(document.dataProduct)}, ${tag('RETENTION_DAYS')} = ${literal(String(retentionDays(document)))})`,
    `DATA_RETENTION_TIME_IN_DAYS = ${TIME_TRAVEL_DAYS}`,
    'CHANGE_TRACKING = TRUE',
    'ERROR_LOGGING = TRUE',
    `COMMENT = ${literal(`${stream} ${version}: ${document.description.purpose}`)};`,
    '',
  ].join('\n');
}

/** What holds whole events is masked from the first row on. */
function protection(name: string, classification: Classification, database: string): string {
  return columnProtection(database, bronzeClass(name, classification), BRONZE_MASKS[name]);
}
