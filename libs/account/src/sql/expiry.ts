import type { GeneratedFile, OdcsDocument } from '@das/contracts';
import type { AccountDeclaration } from '../declaration';
import { script } from './script';
import { quoted } from './sql-text';

/**
 * Old rows are deleted, day by day; Time Travel is another matter, and comes to its end after them. GOLD is not here: nobody
 * can delete from a dynamic table (docs/account.md).
 */
export function expiryFile(
  domain: string,
  database: string,
  documents: readonly OdcsDocument[],
  { retention }: AccountDeclaration,
): GeneratedFile {
  const streams = documents.filter(
    (document) => document.domain === domain && document.customProperties.some(({ property }) => property === 'das.collector'),
  );
  const tables = streams.flatMap((document) => {
    const table = document.schema[0]?.physicalName ?? '';
    const days = document.slaProperties.find(({ property }) => property === 'retention')?.value;
    return [
      { name: `${database}.BRONZE.${table}`, column: 'INGESTED_AT', days: Number(days) },
      { name: `${database}.SILVER.${table.replace(/_V\d+$/, '')}`, column: 'INGESTED_AT', days: retention.silverDays },
    ];
  });
  const ops = { name: `${database}.OPS.DEAD_LETTER_AUDIT`, column: 'AT', days: retention.opsDays };
  return script(
    'account',
    700,
    `${domain}_expiry`,
    [...tables, ops].flatMap(({ name, column, days }) => {
      const task = quoted(`${database}.OPS.EXPIRE_${name.split('.').slice(1).join('_')}`);
      const body = `DELETE FROM ${quoted(name)} WHERE ${quoted(column)} < DATEADD(DAY, -${days}, CURRENT_TIMESTAMP())`;
      return [
        `CREATE TASK IF NOT EXISTS ${task} USER_TASK_MANAGED_INITIAL_WAREHOUSE_SIZE = 'XSMALL' SCHEDULE = 'USING CRON 20 3 * * * UTC' AS ${body}`,
        // A task that runs cannot be changed.
        `ALTER TASK ${task} SUSPEND`,
        `ALTER TASK ${task} MODIFY AS ${body}`,
        `ALTER TASK ${task} RESUME`,
      ];
    }),
  );
}
