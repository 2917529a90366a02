import type { GeneratedFile, OdcsDocument } from '@das/contracts';
import { PROFILES, type AccountDeclaration } from '../declaration';
import { SCHEMAS, type DeclaredAccount, type Warehouse } from '../declared-account';
import { expiryFile } from './expiry';
import { peopleFiles } from './people';
import { profileFile } from './profile';
import { script } from './script';
import { grantObject, grantRole, literal, quoted, variable } from './sql-text';

/** Everything of the account but what protects columns and rows, and the tables. */
export function accountFiles(
  account: DeclaredAccount,
  declaration: AccountDeclaration,
  documents: readonly OdcsDocument[],
): readonly GeneratedFile[] {
  const roleGrants = account.roleGrants.filter(({ to }) => to.type !== 'USER').map(grantRole);
  const tablesOf = (on: string): boolean => on === 'TABLE';
  return [
    ...account.databases.map(({ domain, name }) => script('account', 100, `${domain}_database`, databaseStatements(name))),
    script('account', 200, 'roles', [
      ...account.roles.flatMap(({ name, description }) => [
        `CREATE ROLE IF NOT EXISTS ${quoted(name)}`,
        `ALTER ROLE ${quoted(name)} SET COMMENT = ${literal(description)}`,
      ]),
      ...account.databaseRoles.flatMap(({ name, description }) => [
        `CREATE DATABASE ROLE IF NOT EXISTS ${quoted(name)}`,
        `ALTER DATABASE ROLE ${quoted(name)} SET COMMENT = ${literal(description)}`,
      ]),
      ...roleGrants,
    ]),
    script('account', 220, 'warehouses', account.warehouses.flatMap(warehouseStatements)),
    // Of tables and their like, which come later, below.
    script(
      'account',
      230,
      'grants',
      account.objectGrants.filter(({ on }) => !tablesOf(on)).flatMap(grantObject),
    ),
    ...peopleFiles(account, declaration),
    ...account.databases.map(({ domain, name }) =>
      script('account', 290, `${domain}_refresher_owns_what_it_makes`, ownership(name)),
    ),
    script(
      'account',
      600,
      'grants_on_tables',
      account.objectGrants.filter(({ on }) => tablesOf(on)).flatMap(grantObject),
    ),
    ...account.databases.map(({ domain, name }) => expiryFile(domain, name, documents, declaration)),
    ...PROFILES.map((profile) => profileFile(profile, account, declaration)),
  ];
}

/** BRONZE and OPS are managed: whoever owns a table there cannot give it away. */
function databaseStatements(database: string): readonly string[] {
  const managed = (schema: string): string => (schema === 'BRONZE' || schema === 'OPS' ? ' WITH MANAGED ACCESS' : '');
  const days = variable('time_travel_days');
  return [
    `CREATE DATABASE IF NOT EXISTS ${quoted(database)}`,
    `ALTER DATABASE ${quoted(database)} SET DATA_RETENTION_TIME_IN_DAYS = ${days}`,
    ...SCHEMAS.map((schema) => `CREATE SCHEMA IF NOT EXISTS ${quoted(`${database}.${schema}`)}${managed(schema)}`),
    // Where tasks and procedures say what they did.
    `CREATE EVENT TABLE IF NOT EXISTS ${quoted(`${database}.OPS.EVENTS`)}`,
    `ALTER DATABASE ${quoted(database)} SET EVENT_TABLE = ${literal(`${database}.OPS.EVENTS`)}`,
  ];
}

function warehouseStatements({ name, database, declared }: Warehouse): readonly string[] {
  const [warehouse, key] = [quoted(name), name.toLowerCase()];
  const monitor = quoted(`${name}_MONITOR`);
  const limits = `CREDIT_QUOTA = ${variable(`${key}_credits`)}`;
  return [
    `CREATE RESOURCE MONITOR IF NOT EXISTS ${monitor} WITH ${limits} FREQUENCY = MONTHLY START_TIMESTAMP = IMMEDIATELY TRIGGERS ON 80 PERCENT DO NOTIFY ON 100 PERCENT DO SUSPEND`,
    `ALTER RESOURCE MONITOR ${monitor} SET ${limits}`,
    `CREATE WAREHOUSE IF NOT EXISTS ${warehouse} WAREHOUSE_SIZE = 'XSMALL' AUTO_SUSPEND = ${declared.autoSuspendSeconds} AUTO_RESUME = TRUE INITIALLY_SUSPENDED = TRUE`,
    `ALTER WAREHOUSE ${warehouse} SET WAREHOUSE_SIZE = '${variable(`${key}_size`)}' AUTO_SUSPEND = ${declared.autoSuspendSeconds} AUTO_RESUME = TRUE RESOURCE_MONITOR = ${monitor} COMMENT = ${literal(declared.description)}`,
    `CREATE TAG IF NOT EXISTS ${quoted(`${database}.OPS.COST_DOMAIN`)} COMMENT = 'The domain that pays.'`,
    `ALTER WAREHOUSE ${warehouse} SET TAG ${quoted(`${database}.OPS.COST_DOMAIN`)} = ${literal(database)}`,
  ];
}

/** What dbt makes belongs to the role that refreshes it: nobody else can replace a table, or take its policies off. */
function ownership(database: string): readonly string[] {
  return [
    ...['SILVER', 'GOLD'].map(
      (schema) =>
        `GRANT USAGE, CREATE TABLE, CREATE DYNAMIC TABLE, CREATE VIEW, CREATE TASK, CREATE STREAM ON SCHEMA ${quoted(`${database}.${schema}`)} TO ROLE "TRANSFORMER"`,
    ),
    `GRANT USAGE, CREATE TABLE, CREATE VIEW, CREATE TASK, CREATE STREAM ON SCHEMA ${quoted(`${database}.OPS`)} TO ROLE "TRANSFORMER"`,
    `GRANT USAGE ON DATABASE ${quoted(database)} TO ROLE "TRANSFORMER"`,
    'GRANT EXECUTE TASK ON ACCOUNT TO ROLE "TRANSFORMER"',
    'GRANT EXECUTE MANAGED TASK ON ACCOUNT TO ROLE "TRANSFORMER"',
    // It attaches policies where it creates tables; it does not own them, so it cannot change what they do.
    ...['MASKING', 'ROW ACCESS', 'PROJECTION', 'AGGREGATION'].map(
      (kind) => `GRANT APPLY ${kind} POLICY ON ACCOUNT TO ROLE "TRANSFORMER"`,
    ),
    'GRANT APPLY TAG ON ACCOUNT TO ROLE "TRANSFORMER"',
  ];
}

