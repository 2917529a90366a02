import type { Attachment, Setting } from './account-objects';
import type { AccountDeclaration } from './declaration-schema';
import { listOf, literal, variable } from './sql/sql-text';

/** How people and programs get in: from where, by what, for how long. */
export interface SignIn {
  readonly settings: readonly Setting[];
  readonly attachments: readonly Attachment[];
}

/** @param ops - the schema in which rules and policies stand */
export function declareSignIn({ network, people, services }: AccountDeclaration, ops: string): SignIn {
  return {
    settings: [
      ...Object.entries(network).flatMap(([name, { allow, description }]) => [
        rule(`${ops}.${from(name)}`, allow, description),
        networkPolicy(from(name), `${ops}.${from(name)}`),
      ]),
      {
        kind: 'PASSWORD POLICY',
        name: `${ops}.PEOPLE_PASSWORD`,
        fixed: '',
        properties: {
          PASSWORD_MIN_LENGTH: String(people.passwordMinLength),
          PASSWORD_MAX_AGE_DAYS: '90',
          PASSWORD_MAX_RETRIES: '5',
          PASSWORD_LOCKOUT_TIME_MINS: '30',
          PASSWORD_HISTORY: '12',
        },
      },
      {
        kind: 'SESSION POLICY',
        name: `${ops}.PEOPLE_SESSION`,
        fixed: '',
        properties: {
          SESSION_IDLE_TIMEOUT_MINS: variable('idle_minutes'),
          SESSION_UI_IDLE_TIMEOUT_MINS: variable('idle_minutes'),
          // One role at a time: a mask or a row that is open to one role must not open what is asked as another.
          ALLOWED_SECONDARY_ROLES: '()',
        },
      },
      authentication(`${ops}.PEOPLE_AUTHENTICATION`, {
        AUTHENTICATION_METHODS: listOf(['SAML', 'PASSWORD']),
        MFA_ENROLLMENT: "'REQUIRED'",
      }),
      authentication(`${ops}.SERVICES_AUTHENTICATION`, { AUTHENTICATION_METHODS: listOf(['KEYPAIR']) }),
    ],
    attachments: [
      { kind: 'PASSWORD POLICY', policy: `${ops}.PEOPLE_PASSWORD`, to: '' },
      { kind: 'SESSION POLICY', policy: `${ops}.PEOPLE_SESSION`, to: '' },
      { kind: 'AUTHENTICATION POLICY', policy: `${ops}.PEOPLE_AUTHENTICATION`, to: '', whom: 'PERSON' },
      { kind: 'AUTHENTICATION POLICY', policy: `${ops}.SERVICES_AUTHENTICATION`, to: '', whom: 'SERVICE' },
      { kind: 'NETWORK POLICY', policy: from(people.network), to: '' },
      ...Object.entries(services).map(([user, { network: name }]): Attachment => ({
        kind: 'NETWORK POLICY',
        policy: from(name),
        to: user,
      })),
    ],
  };
}

/** Programs, who get in by a key pair alone: it comes from the environment, and is set when they are deployed. */
export function serviceUsers({ services }: AccountDeclaration): readonly Setting[] {
  return Object.entries(services).map(([name, { role }]) => ({
    kind: 'USER',
    name,
    fixed: '',
    properties: { TYPE: 'SERVICE', DEFAULT_ROLE: literal(role), DEFAULT_SECONDARY_ROLES: '()' },
  }));
}

function from(network: string): string {
  return `FROM_${network.toUpperCase()}`;
}

function rule(name: string, allow: readonly string[], description: string): Setting {
  const fixed = `TYPE = IPV4 MODE = INGRESS COMMENT = ${literal(description)}`;
  return { kind: 'NETWORK RULE', name, fixed, properties: { VALUE_LIST: listOf(allow) } };
}

/** Addresses stand in the rule; what the policy itself would let in besides is said, too, so that drift sees it. */
function networkPolicy(name: string, of: string): Setting {
  return {
    kind: 'NETWORK POLICY',
    name,
    fixed: '',
    properties: { ALLOWED_NETWORK_RULE_LIST: listOf([of]), ALLOWED_IP_LIST: '()' },
  };
}

function authentication(name: string, properties: Setting['properties']): Setting {
  return { kind: 'AUTHENTICATION POLICY', name, fixed: '', properties };
}
