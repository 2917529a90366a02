import type { GeneratedFile } from '@das/contracts';
import type { AccountDeclaration } from '../declaration';
import type { DeclaredAccount } from '../declared-account';
import { script } from './script';
import { literal, quoted, variable } from './sql-text';

/** How people and programs get in: from where, by what, for how long; who holds a service's role; and break-glass. */
export function peopleFiles(
  account: DeclaredAccount,
  { network, people }: AccountDeclaration,
): readonly GeneratedFile[] {
  const [first] = account.databases;
  if (first === undefined) return [];
  const ops = `${first.name}.OPS`;
  const ruleOf = (name: string): string => `${ops}.FROM_${name.toUpperCase()}`;
  const policyOf = (name: string): string => quoted(`FROM_${name.toUpperCase()}`);
  return [
    script('account', 240, 'network', [
      ...Object.entries(network).flatMap(([name, { allow, description }]) => {
        const list = `(${allow.map(literal).join(', ')})`;
        return [
          `CREATE NETWORK RULE IF NOT EXISTS ${quoted(ruleOf(name))} TYPE = IPV4 MODE = INGRESS VALUE_LIST = ${list} COMMENT = ${literal(description)}`,
          // sqlfluff has no grammar for this statement, so it is given as text.
          `EXECUTE IMMEDIATE $$ALTER NETWORK RULE ${quoted(ruleOf(name))} SET VALUE_LIST = ${list}$$`,
          `CREATE NETWORK POLICY IF NOT EXISTS ${policyOf(name)} ALLOWED_NETWORK_RULE_LIST = (${literal(ruleOf(name))})`,
        ];
      }),
    ]),
    script('account', 250, 'people', [
      `CREATE PASSWORD POLICY IF NOT EXISTS ${quoted(`${ops}.PEOPLE`)} PASSWORD_MIN_LENGTH = ${people.passwordMinLength} PASSWORD_MAX_RETRIES = 5 PASSWORD_LOCKOUT_TIME_MINS = 30 PASSWORD_HISTORY = 12`,
      // One role at a time: a mask or a row that is open to one role must not open what is asked as another.
      `CREATE SESSION POLICY IF NOT EXISTS ${quoted(`${ops}.PEOPLE`)} SESSION_IDLE_TIMEOUT_MINS = ${variable('idle_minutes')} SESSION_UI_IDLE_TIMEOUT_MINS = ${variable('idle_minutes')} ALLOWED_SECONDARY_ROLES = ()`,
      `CREATE AUTHENTICATION POLICY IF NOT EXISTS ${quoted(`${ops}.PEOPLE`)} AUTHENTICATION_METHODS = ('SAML', 'PASSWORD') MFA_ENROLLMENT = 'REQUIRED'`,
      `CREATE AUTHENTICATION POLICY IF NOT EXISTS ${quoted(`${ops}.SERVICES`)} AUTHENTICATION_METHODS = ('KEYPAIR')`,
      // FORCE puts it in the place of another one, without a moment in which there is none; sqlfluff does not know it.
      ...['PASSWORD', 'SESSION'].map(
        (kind) => `EXECUTE IMMEDIATE $$ALTER ACCOUNT SET ${kind} POLICY ${quoted(`${ops}.PEOPLE`)} FORCE$$`,
      ),
      ...(['PERSON', 'SERVICE'] as const).map((type) => {
        const policy = quoted(`${ops}.${type === 'PERSON' ? 'PEOPLE' : 'SERVICES'}`);
        return `EXECUTE IMMEDIATE $$ALTER ACCOUNT SET AUTHENTICATION POLICY ${policy} FOR ALL ${type} USERS FORCE$$`;
      }),
      `ALTER ACCOUNT SET NETWORK_POLICY = ${policyOf(people.network)}`,
    ]),
    script('account', 260, 'services', [
      ...Object.entries(account.services).flatMap(([user, { role, network: from }]) => [
        `CREATE USER IF NOT EXISTS ${quoted(user)} TYPE = SERVICE`,
        `ALTER USER ${quoted(user)} SET DEFAULT_ROLE = ${literal(role)} DEFAULT_SECONDARY_ROLES = () RSA_PUBLIC_KEY = '${variable(`${user.toLowerCase()}_public_key`)}'`,
        `ALTER USER ${quoted(user)} SET NETWORK_POLICY = ${policyOf(from)}`,
        `GRANT ROLE ${quoted(role)} TO USER ${quoted(user)}`,
      ]),
    ]),
    script('account', 270, 'break_glass', breakGlass(ops)),
  ];
}

/** A role for hours: who got it, from whom, why and until when is a row, and a task takes it back. */
function breakGlass(ops: string): readonly string[] {
  const audit = quoted(`${ops}.BREAK_GLASS_AUDIT`);
  const give = `BEGIN
  IF (REASON IS NULL OR LENGTH(TRIM(REASON)) < 20) THEN RETURN 'say why, in 20 characters at least'; END IF;
  INSERT INTO ${audit} SELECT UUID_STRING(), :TO_USER, CURRENT_USER(), :REASON, CURRENT_TIMESTAMP(), DATEADD(HOUR, 4, CURRENT_TIMESTAMP()), NULL;
  EXECUTE IMMEDIATE 'GRANT ROLE "BREAK_GLASS" TO USER "' || REPLACE(:TO_USER, '"', '""') || '"';
  RETURN 'granted for four hours';
END`;
  const takeBack = `DECLARE
  DUE CURSOR FOR SELECT DISTINCT "HOLDER" FROM ${audit} WHERE "ENDED_AT" IS NULL AND "ENDS_AT" <= CURRENT_TIMESTAMP();
BEGIN
  FOR ONE IN DUE DO
    LET HOLDER VARCHAR := ONE."HOLDER";
    EXECUTE IMMEDIATE 'REVOKE ROLE "BREAK_GLASS" FROM USER "' || REPLACE(:HOLDER, '"', '""') || '"';
    UPDATE ${audit} SET "ENDED_AT" = CURRENT_TIMESTAMP() WHERE "HOLDER" = :HOLDER AND "ENDED_AT" IS NULL AND "ENDS_AT" <= CURRENT_TIMESTAMP();
  END FOR;
END`;
  return [
    `CREATE TABLE IF NOT EXISTS ${audit} (\n  "ID" VARCHAR NOT NULL,\n  "HOLDER" VARCHAR NOT NULL,\n  "GIVEN_BY" VARCHAR NOT NULL,\n  "REASON" VARCHAR NOT NULL,\n  "GIVEN_AT" TIMESTAMP_TZ NOT NULL,\n  "ENDS_AT" TIMESTAMP_TZ NOT NULL,\n  "ENDED_AT" TIMESTAMP_TZ\n)`,
    // The owner grants; who may call it is decided by a grant, and never the one who gets the role.
    `CREATE OR REPLACE PROCEDURE ${quoted(`${ops}.GIVE_BREAK_GLASS`)}("TO_USER" VARCHAR, "REASON" VARCHAR) RETURNS VARCHAR LANGUAGE SQL EXECUTE AS OWNER AS $$${give}$$`,
    `CREATE TASK IF NOT EXISTS ${quoted(`${ops}.END_BREAK_GLASS`)} USER_TASK_MANAGED_INITIAL_WAREHOUSE_SIZE = 'XSMALL' SCHEDULE = '5 MINUTES' AS EXECUTE IMMEDIATE $$${takeBack}$$`,
    `ALTER TASK ${quoted(`${ops}.END_BREAK_GLASS`)} RESUME`,
  ];
}
