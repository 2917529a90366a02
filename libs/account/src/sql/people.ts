import type { GeneratedFile } from '@das/contracts';
import type { AccountDeclaration } from '../declaration-schema';
import type { DeclaredAccount } from '../account-model';
import { script } from './script';
import { literal, quoted, variable } from './sql-text';

/** How people and programs get in: from where, by what, for how long; who holds a service's role. */
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
      ...kept('PASSWORD POLICY', `${ops}.PEOPLE`, passwordRules(people)),
      // One role at a time: a mask or a row that is open to one role must not open what is asked as another.
      ...kept(
        'SESSION POLICY',
        `${ops}.PEOPLE`,
        `SESSION_IDLE_TIMEOUT_MINS = ${variable('idle_minutes')} SESSION_UI_IDLE_TIMEOUT_MINS = ${variable('idle_minutes')} ALLOWED_SECONDARY_ROLES = ()`,
      ),
      ...kept(
        'AUTHENTICATION POLICY',
        `${ops}.PEOPLE`,
        "AUTHENTICATION_METHODS = ('SAML', 'PASSWORD') MFA_ENROLLMENT = 'REQUIRED'",
      ),
      ...kept('AUTHENTICATION POLICY', `${ops}.SERVICES`, "AUTHENTICATION_METHODS = ('KEYPAIR')"),
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
  ];
}

/** A policy with these properties, whether it is there already or not; sqlfluff knows not all of the properties. */
function kept(kind: string, name: string, properties: string): readonly string[] {
  return [
    `EXECUTE IMMEDIATE $$CREATE ${kind} IF NOT EXISTS ${quoted(name)} ${properties}$$`,
    `EXECUTE IMMEDIATE $$ALTER ${kind} ${quoted(name)} SET ${properties}$$`,
  ];
}

function passwordRules({ passwordMinLength }: AccountDeclaration['people']): string {
  return `PASSWORD_MIN_LENGTH = ${passwordMinLength} PASSWORD_MAX_AGE_DAYS = 90 PASSWORD_MAX_RETRIES = 5 PASSWORD_LOCKOUT_TIME_MINS = 30 PASSWORD_HISTORY = 12`;
}
