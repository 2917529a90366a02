import type { GeneratedFile } from '@das/contracts';
import { PROFILES } from '../declaration-schema';
import { SCHEMAS, type DeclaredAccount, type ObjectGrant } from '../account-model';
import { budgetFile } from './budgets';
import { peopleFiles } from './people';
import { profileFile, sqlfluffFile } from './profile';
import { routineFiles } from './routines';
import { script } from './script';
import { shareFiles } from './shares';
import { warehouseFile } from './warehouses';
import { grantObject, grantRole, literal, quoted, variable } from './sql-text';

/** Everything of the account but what protects columns and rows, and the tables. */
export function accountFiles(account: DeclaredAccount): readonly GeneratedFile[] {
  const roleGrants = account.roleGrants.filter(({ to }) => to.type !== 'USER').map(grantRole);
  return [
    ...account.databases.map(({ domain, name }) => script('account', 100, `${domain}_database`, databaseStatements(name))),
    script('account', 200, 'roles', [
      ...account.roles.flatMap(({ name, description }) => [
        `CREATE ROLE IF NOT EXISTS ${quoted(name)}`,
        `ALTER ROLE ${quoted(name)} SET COMMENT = ${literal(description)}`,
      ]),
      ...account.databaseRoles.flatMap(({ name, description }) => [
        `CREATE DATABASE ROLE IF NOT EXISTS ${quoted(name)} COMMENT = ${literal(description)}`,
      ]),
      ...roleGrants,
    ]),
    warehouseFile(account),
    // What is made later gets its grants below.
    script(
      'account',
      230,
      'grants',
      account.objectGrants.filter((grant) => !comesLater(grant)).flatMap(grantObject),
    ),
    ...peopleFiles(account),
    script(
      'account',
      790,
      'grants_on_tables_and_policies',
      account.objectGrants.filter(comesLater).flatMap(grantObject),
    ),
    ...routineFiles(account),
    budgetFile(account),
    ...shareFiles(account),
    sqlfluffFile(account),
    ...PROFILES.map((profile) => profileFile(profile, account)),
  ];
}

/** Of an object that a script of a higher number makes. */
function comesLater({ on }: ObjectGrant): boolean {
  return on === 'TABLE' || on === 'TAG' || on === 'PROCEDURE' || on.endsWith('POLICY');
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
    // sqlfluff does not know this property.
    `EXECUTE IMMEDIATE $$ALTER DATABASE ${quoted(database)} SET EVENT_TABLE = ${literal(`${database}.OPS.EVENTS`)}$$`,
  ];
}
