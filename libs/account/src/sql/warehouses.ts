import type { GeneratedFile } from '@das/contracts';
import type { DeclaredAccount, Warehouse } from '../account-model';
import { monitorOf } from '../monitor';
import { createSetting, setProperties } from './object-statements';
import { script } from './script';
import { literal, quoted, variable } from './sql-text';

/** Cost tags stand in the database of who pays. */
const TAGS = { COST_DOMAIN: 'The domain that pays.', WORKLOAD: 'What it is for.' } as const;

/** Warehouses, what they may use in a month, and who pays. */
export function warehouseFile({ warehouses, databases }: DeclaredAccount): GeneratedFile {
  const tags = databases.flatMap(({ name }) =>
    Object.entries(TAGS).map(
      ([tag, comment]) =>
        `CREATE TAG IF NOT EXISTS ${quoted(`${name}.OPS.${tag}`)} COMMENT = ${literal(comment)}`,
    ),
  );
  return script('account', 220, 'warehouses', [...tags, ...warehouses.flatMap(statementsOf)]);
}

/** What a warehouse is tagged with: tag, dotted, to value. */
export function costTags({ name, database }: Pick<Warehouse, 'name' | 'database'>): Readonly<Record<string, string>> {
  return {
    [`${database}.OPS.COST_DOMAIN`]: database,
    [`${database}.OPS.WORKLOAD`]: name.slice(database.length + 1).replace(/_WH$/, ''),
  };
}

function statementsOf({ name, database, declared }: Warehouse): readonly string[] {
  const [warehouse, key] = [quoted(name), name.toLowerCase()];
  const monitor = monitorOf({ name });
  const { CREDIT_QUOTA = '', TRIGGERS = '' } = monitor.properties;
  const pace = `AUTO_SUSPEND = ${declared.autoSuspendSeconds} AUTO_RESUME = TRUE`;
  return [
    createSetting(monitor),
    // Not how often: a monitor would begin to count anew whenever this runs.
    setProperties(monitor, { CREDIT_QUOTA, TRIGGERS }),
    `CREATE WAREHOUSE IF NOT EXISTS ${warehouse} WAREHOUSE_SIZE = 'XSMALL' ${pace} INITIALLY_SUSPENDED = TRUE RESOURCE_MONITOR = ${quoted(monitor.name)}`,
    `ALTER WAREHOUSE ${warehouse} SET WAREHOUSE_SIZE = '${variable(`${key}_size`)}' ${pace} RESOURCE_MONITOR = ${quoted(monitor.name)} COMMENT = ${literal(declared.description)}`,
    ...Object.entries(costTags({ name, database })).map(
      ([tag, value]) => `ALTER WAREHOUSE ${warehouse} SET TAG ${quoted(tag)} = ${literal(value)}`,
    ),
  ];
}
