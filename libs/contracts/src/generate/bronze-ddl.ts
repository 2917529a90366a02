import { BRONZE_COLUMNS } from '../bronze-columns';
import type { OdcsDocument } from '../odcs';
import { retentionDays, toStreamContract } from '../stream-view';
import { generatedFrom } from './header';

/** One day of Time Travel; rows expire after the contract's retention by a policy of their own. */
const TIME_TRAVEL_DAYS = 1;

/** Snowflake DDL of a stream's BRONZE table. */
export function bronzeDdl(document: OdcsDocument, contractFile: string): string {
  const { table, classification, stream, version } = toStreamContract(document);
  const columns = BRONZE_COLUMNS.map(
    ({ name, type, nullable, comment }) =>
      `  ${identifier(name)} ${type}${nullable ? '' : ' NOT NULL'} COMMENT ${literal(comment)}`,
  );
  const tag = (name: string): string => [table.database, 'OPS', name].map(identifier).join('.');
  return [
    `-- ${generatedFrom(contractFile)}`,
    `CREATE TABLE IF NOT EXISTS ${[table.database, table.schema, table.name].map(identifier).join('.')} (`,
    columns.join(',\n'),
    ')',
    'CLUSTER BY (TO_DATE("INGESTED_AT"))',
    `DATA_RETENTION_TIME_IN_DAYS = ${TIME_TRAVEL_DAYS}`,
    'CHANGE_TRACKING = TRUE',
    'ERROR_LOGGING = TRUE',
    `COMMENT = ${literal(`${stream} ${version}: ${document.description.purpose}`)}`,
    `WITH TAG (${tag('CLASSIFICATION')} = ${literal(classification)}, ${tag('DATA_PRODUCT')} = ${literal(document.dataProduct)}, ${tag('RETENTION_DAYS')} = ${literal(String(retentionDays(document)))});`,
    '',
  ].join('\n');
}

function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
