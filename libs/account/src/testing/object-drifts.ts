import { keyOf } from '../drift/facts';
import { remove } from '../drift/mend';
import { ASK_OBJECTS, isAttachable } from '../drift/object-questions';
import { makeProcedure, makeTask, setProperties } from '../sql/object-statements';
import { changed, facts, ops, ran, rows, type Drift } from './drifting';

const OPS = '"BROOK_COMMERCE"."OPS"';
const done = (what: string, statement: string, severity: Drift['severity']): Drift => ({
  what,
  done: ran(statement),
  severity,
});
const atOnce = (statements: readonly string[]): string =>
  `EXECUTE IMMEDIATE $$BEGIN\n${statements.map((one) => `${one};`).join('\n')}\nEND$$`;

/** Ways in, ways out and ways around that nobody declared. */
export const OBJECT_EXTRAS: readonly Drift[] = [
  done('a password of a program', `ALTER USER "API_SERVICE" SET PASSWORD = 'x'`, 'critical'),
  done('a second key of a program', `ALTER USER "API_SERVICE" SET RSA_PUBLIC_KEY_2 = 'MII'`, 'high'),
  done(
    'a policy of its own of a program',
    'ALTER USER "API_SERVICE" SET AUTHENTICATION POLICY "ELSEWHERE"."S"."WEAK" FORCE',
    'critical',
  ),
  done(
    'people’s policy of a program',
    `ALTER USER "API_SERVICE" SET AUTHENTICATION POLICY ${OPS}."PEOPLE_AUTHENTICATION" FORCE`,
    'critical',
  ),
  done(
    'our policy of somebody else',
    `ALTER USER "JO" SET SESSION POLICY ${OPS}."PEOPLE_SESSION" FORCE`,
    'critical',
  ),
  done(
    'a procedure',
    makeProcedure({
      name: ops('READ_ALL'),
      parameters: [{ name: 'OF', type: 'VARCHAR' }],
      body: 'BEGIN END',
    }),
    'high',
  ),
  done(
    'a procedure of the same name, with other arguments',
    makeProcedure({ name: ops('GIVE_BREAK_GLASS'), parameters: [], body: 'BEGIN END' }),
    'high',
  ),
  done(
    'a task',
    atOnce(makeTask({ name: ops('NIGHTLY'), schedule: '5 MINUTES', definition: 'SELECT 1' })),
    'high',
  ),
  done(
    'a row that roles.yaml does not say',
    `INSERT INTO ${OPS}."REGION_ACCESS" ("ROLE_NAME", "REGION", "ADDED_BY") VALUES ('ANALYST_EMEA', '*', 'roles.yaml')`,
    'high',
  ),
  done(
    'a row of a role that nobody declared',
    `INSERT INTO ${OPS}."REGION_ACCESS" ("ROLE_NAME", "REGION", "ADDED_BY") VALUES ('SOMEBODY_ELSES', '*', 'jo')`,
    'high',
  ),
  done(
    'a mask of a tag, of another type',
    `ALTER TAG ${OPS}."CLASSIFICATION" SET MASKING POLICY "ELSEWHERE"."S"."SHOWS" FORCE`,
    'high',
  ),
  done(
    'a mask of another tag',
    `ALTER TAG ${OPS}."PHI_KIND" SET MASKING POLICY ${OPS}."MASK_EMAIL" FORCE`,
    'high',
  ),
];

/** By property, what somebody in a hurry might set it to. */
const OTHERWISE: Readonly<Record<string, string>> = {
  VALUE_LIST: "('0.0.0.0/0')",
  ALLOWED_IP_LIST: "('0.0.0.0/0')",
  ALLOWED_NETWORK_RULE_LIST: "('ELSEWHERE.S.ANYWHERE')",
  ALLOWED_SECONDARY_ROLES: "('ALL')",
  DEFAULT_SECONDARY_ROLES: "('ALL')",
  AUTHENTICATION_METHODS: "('ALL')",
  ALLOWED_RECIPIENTS: "('jo@example.com')",
  MFA_ENROLLMENT: "'OPTIONAL'",
  TYPE: 'LEGACY_SERVICE',
  ENABLED: 'FALSE',
  DEFAULT_ROLE: "'ANALYST_PHI'",
  CREDIT_QUOTA: '99999',
  FREQUENCY: 'DAILY START_TIMESTAMP = IMMEDIATELY',
  TRIGGERS: 'ON 75 PERCENT DO NOTIFY',
};

/** What is declared of objects, otherwise. */
export const OBJECT_CHANGES: readonly Drift[] = facts.flatMap((fact): readonly Drift[] => {
  switch (fact.is) {
    case 'setting':
      return Object.keys(fact.properties).map((property) => ({
        what: `changed ${keyOf(fact)} ${property}`,
        done: ran(setProperties(fact, { [property]: OTHERWISE[property] ?? '1' })),
        severity: / POLICY$|NETWORK/.test(fact.kind) ? 'critical' : 'high',
      }));
    case 'attached':
      return fact.kind === 'NETWORK POLICY'
        ? [
            changed(
              fact,
              'critical',
              `ALTER ${fact.to === '' ? 'ACCOUNT' : `USER "${fact.to}"`} SET NETWORK_POLICY = "FROM_ANYWHERE"`,
            ),
          ]
        : [];
    case 'procedure':
      return [
        changed(fact, 'critical', makeProcedure({ ...fact, body: `${fact.body} -- and more` })),
        changed(fact, 'critical', makeProcedure(fact).replace('EXECUTE AS OWNER', 'EXECUTE AS CALLER')),
      ];
    case 'task':
      return [
        changed(fact, 'high', `ALTER TASK "${fact.name.replaceAll('.', '"."')}" SUSPEND`),
        changed(fact, 'high', atOnce(makeTask({ ...fact, definition: 'SELECT 1' }))),
        changed(fact, 'high', atOnce(makeTask({ ...fact, schedule: '11520 MINUTES' }))),
      ];
    case 'tag mask':
      return fact.type === 'VARCHAR'
        ? [
            changed(
              fact,
              'critical',
              `ALTER TAG ${OPS}."CLASSIFICATION" SET MASKING POLICY ${OPS}."MASK_EMAIL" FORCE`,
            ),
          ]
        : [];
    default:
      return [];
  }
});

/** What is declared of objects, gone. */
export const OBJECT_MISSING: readonly Drift[] = facts.flatMap((fact): readonly Drift[] => {
  const what = `missing ${keyOf(fact)}`;
  switch (fact.is) {
    case 'setting': {
      const last = fact.name.split('.').at(-1);
      const asked = ASK_OBJECTS.settings(fact.kind, fact.name);
      return [
        {
          what,
          done: rows(asked, (row) => (row.name === last ? undefined : row)),
          severity: / POLICY$|NETWORK/.test(fact.kind) ? 'critical' : 'high',
          follows: isAttachable(fact.kind) || fact.kind === 'USER' ? ['critical'] : [],
        },
      ];
    }
    case 'attached':
    case 'tag mask':
      return [{ what, done: ran(remove(fact).statement), severity: 'critical' }];
    case 'procedure':
    case 'task':
      return [{ what, done: ran(remove(fact).statement), severity: 'high' }];
    case 'mapping':
      return [{ what, done: ran(remove(fact).statement), severity: 'medium' }];
    default:
      return [];
  }
});
