import type { GeneratedFile } from '@das/contracts';
import type { DeclaredAccount, Warehouse } from '../account-model';
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

export function monitorOf(warehouse: string): string {
  return `${warehouse}_MONITOR`;
}

function statementsOf({ name, database, declared }: Warehouse): readonly string[] {
  const [warehouse, key] = [quoted(name), name.toLowerCase()];
  const monitor = quoted(monitorOf(name));
  // The last tenth is left to what is running already; the end is the end.
  const limits = `CREDIT_QUOTA = ${variable(`${key}_credits`)}`;
  const triggers =
    'TRIGGERS ON 75 PERCENT DO NOTIFY ON 90 PERCENT DO SUSPEND ON 100 PERCENT DO SUSPEND_IMMEDIATE';
  const pace = `AUTO_SUSPEND = ${declared.autoSuspendSeconds} AUTO_RESUME = TRUE`;
  return [
    `CREATE RESOURCE MONITOR IF NOT EXISTS ${monitor} WITH ${limits} FREQUENCY = MONTHLY START_TIMESTAMP = IMMEDIATELY ${triggers}`,
    `ALTER RESOURCE MONITOR ${monitor} SET ${limits} ${triggers}`,
    `CREATE WAREHOUSE IF NOT EXISTS ${warehouse} WAREHOUSE_SIZE = 'XSMALL' ${pace} INITIALLY_SUSPENDED = TRUE RESOURCE_MONITOR = ${monitor}`,
    `ALTER WAREHOUSE ${warehouse} SET WAREHOUSE_SIZE = '${variable(`${key}_size`)}' ${pace} RESOURCE_MONITOR = ${monitor} COMMENT = ${literal(declared.description)}`,
    ...Object.entries(costTags({ name, database })).map(
      ([tag, value]) => `ALTER WAREHOUSE ${warehouse} SET TAG ${quoted(tag)} = ${literal(value)}`,
    ),
  ];
}
