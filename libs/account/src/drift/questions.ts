import { SCHEMAS, type DeclaredAccount } from '../account-model';
import { POLICY_KINDS, type PolicyKind } from '../declared-policies';
import { literal, quoted } from '../sql/sql-text';

/** A view of the whole account is read so far and no further. */
export const MOST_ROWS = 100_000;

const USAGE = '"SNOWFLAKE"."ACCOUNT_USAGE"';

/** The names under which answers are looked up again. */
export const ASK = {
  roles: (): string => 'SHOW ROLES',
  databaseRoles: (database: string): string => `SHOW DATABASE ROLES IN DATABASE ${quoted(database)}`,
  grantsTo: (type: string, name: string): string => `SHOW GRANTS TO ${type} ${quoted(name)}`,
  grantsOf: (type: string, name: string): string => `SHOW GRANTS OF ${type} ${quoted(name)}`,
  futureGrants: (schema: string): string => `SHOW FUTURE GRANTS IN SCHEMA ${quoted(schema)}`,
  warehouses: (): string => 'SHOW WAREHOUSES',
  tables: (database: string): string =>
    `SELECT "TABLE_SCHEMA", "TABLE_NAME", "TABLE_TYPE", "IS_DYNAMIC" FROM ${quoted(`${database}.INFORMATION_SCHEMA.TABLES`)} LIMIT ${MOST_ROWS}`,
  objectGrants: (databases: readonly string[], warehouses: readonly string[]): string =>
    `SELECT "PRIVILEGE", "GRANTED_ON", "NAME", "TABLE_CATALOG", "TABLE_SCHEMA", "GRANTED_TO", "GRANTEE_NAME" FROM ${USAGE}."GRANTS_TO_ROLES" WHERE "DELETED_ON" IS NULL AND ("TABLE_CATALOG" IN (${databases.map(literal).join(', ')}) OR "GRANTED_ON" IN ('DATABASE', 'WAREHOUSE') AND "NAME" IN (${[...databases, ...warehouses].map(literal).join(', ')})) LIMIT ${MOST_ROWS}`,
  policies: (kind: PolicyKind, databases: readonly string[]): string =>
    `SELECT "POLICY_CATALOG", "POLICY_SCHEMA", "POLICY_NAME", "POLICY_SIGNATURE", "POLICY_RETURN_TYPE", "POLICY_BODY" FROM ${USAGE}.${quoted(kind.replace(/Y$/, 'IES').replaceAll(' ', '_'))} WHERE "DELETED" IS NULL AND "POLICY_CATALOG" IN (${databases.map(literal).join(', ')}) LIMIT ${MOST_ROWS}`,
  references: (databases: readonly string[]): string =>
    `SELECT "POLICY_DB", "POLICY_SCHEMA", "POLICY_NAME", "POLICY_KIND", "REF_DATABASE_NAME", "REF_SCHEMA_NAME", "REF_ENTITY_NAME", "REF_ENTITY_DOMAIN", "REF_COLUMN_NAME", "REF_ARG_COLUMN_NAMES", "TAG_DATABASE", "TAG_SCHEMA", "TAG_NAME" FROM ${USAGE}."POLICY_REFERENCES" WHERE ("REF_DATABASE_NAME" IN (${databases.map(literal).join(', ')}) OR "TAG_DATABASE" IN (${databases.map(literal).join(', ')})) AND "POLICY_KIND" IN (${POLICY_KINDS.map((kind) => literal(kind.replaceAll(' ', '_'))).join(', ')}) LIMIT ${MOST_ROWS}`,
  tags: (databases: readonly string[]): string =>
    `SELECT "TAG_DATABASE", "TAG_SCHEMA", "TAG_NAME", "TAG_VALUE", "OBJECT_DATABASE", "OBJECT_SCHEMA", "OBJECT_NAME", "DOMAIN", "COLUMN_NAME" FROM ${USAGE}."TAG_REFERENCES" WHERE "OBJECT_DELETED" IS NULL AND "TAG_DATABASE" IN (${databases.map(literal).join(', ')}) LIMIT ${MOST_ROWS}`,
  breakGlass: (schema: string): string =>
    `SELECT "HOLDER" FROM ${quoted(`${schema}.BREAK_GLASS_AUDIT`)} WHERE "ENDED_AT" IS NULL AND "ENDS_AT" > CURRENT_TIMESTAMP() LIMIT ${MOST_ROWS}`,
} as const;

/** What is asked about roles, grants and what protects columns, in order. */
export function accessQuestions(account: DeclaredAccount): readonly string[] {
  const databases = account.databases.map(({ name }) => name);
  return [
    ASK.roles(),
    ...databases.map(ASK.databaseRoles),
    ...account.roles.flatMap(({ name }) => [ASK.grantsTo('ROLE', name), ASK.grantsOf('ROLE', name)]),
    ...account.databaseRoles.flatMap(({ name }) => [
      ASK.grantsTo('DATABASE ROLE', name),
      ASK.grantsOf('DATABASE ROLE', name),
    ]),
    ...databases.flatMap((database) => SCHEMAS.map((schema) => ASK.futureGrants(`${database}.${schema}`))),
    ASK.warehouses(),
    ...databases.map(ASK.tables),
    ASK.objectGrants(
      databases,
      account.warehouses.map(({ name }) => name),
    ),
    ...POLICY_KINDS.map((kind) => ASK.policies(kind, databases)),
    ASK.references(databases),
    ASK.tags(databases),
    ASK.breakGlass(account.emergency.schema),
  ];
}
