import type { SignInPolicyKind, SettingKind, Setting } from '../account-objects';
import { ASK_OBJECTS } from '../drift/object-questions';
import { ASK } from '../drift/questions';
import { tagMaskRow } from './record-account';
import { forgetAttached, setTold, tellAttached, tellProcedure, tellSetting, tellTask } from './tell-objects';
import type { World } from './world';
import { type Effect, NAME, plain } from './effect';

const SETTING =
  '(NETWORK RULE|NETWORK POLICY|PASSWORD POLICY|SESSION POLICY|AUTHENTICATION POLICY|RESOURCE MONITOR|NOTIFICATION INTEGRATION|USER)';
const HOLDER = '(?:ACCOUNT|USER ("[^"]+"))';
const SIGN_IN = '(PASSWORD POLICY|SESSION POLICY|AUTHENTICATION POLICY)';
const WHOM = '(?: FOR ALL (PERSON|SERVICE) USERS)?';

const whomOf = (whom = ''): 'PERSON' | 'SERVICE' | undefined =>
  whom === '' ? undefined : (whom as 'PERSON' | 'SERVICE');

/** Statements about objects: the more telling pattern comes first. */
export const OBJECT_EFFECTS: readonly (readonly [string, Effect])[] = [
  [
    `ALTER ${HOLDER} SET NETWORK_POLICY = ${NAME}`,
    ([user, policy], world) => {
      tellAttached(world, { kind: 'NETWORK POLICY', policy: plain(policy), to: plain(user) });
    },
  ],
  [
    `ALTER ${HOLDER} UNSET NETWORK_POLICY`,
    ([user], world) => {
      forgetAttached(world, { kind: 'NETWORK POLICY', to: plain(user) });
    },
  ],
  [
    `ALTER ${HOLDER} SET ${SIGN_IN} ${NAME}${WHOM} FORCE`,
    ([user, kind, policy, whom], world) => {
      const attached = { policy: plain(policy), to: plain(user), whom: whomOf(whom) };
      tellAttached(world, { kind: kind as SignInPolicyKind, ...attached });
    },
  ],
  [
    `ALTER ${HOLDER} UNSET ${SIGN_IN}${WHOM}`,
    ([user, kind, whom], world) => {
      forgetAttached(world, { kind: kind as SignInPolicyKind, to: plain(user), whom: whomOf(whom) });
    },
  ],
  [
    `ALTER USER ${NAME} UNSET (PASSWORD|RSA_PUBLIC_KEY_2)`,
    ([user, what = ''], world) => {
      world.drop(ASK_OBJECTS.described('USER', plain(user)), (row) => String(row.property).startsWith(what));
    },
  ],
  [
    `CREATE ${SETTING} IF NOT EXISTS ${NAME} (?:WITH )?(.*)`,
    ([kind, name, properties], world) => {
      tellSetting(world, settingOf(kind, name, properties));
    },
  ],
  [
    `ALTER ${SETTING} ${NAME} SET (.*)`,
    ([kind, name, properties], world) => {
      setTold(world, settingOf(kind, name, properties));
    },
  ],
  [
    `CREATE OR REPLACE PROCEDURE ${NAME}\\(([^)]*)\\) .*EXECUTE AS (OWNER|CALLER) AS \\$\\$(.*)\\$\\$`,
    ([name, given = '', rights = '', body = ''], world) => {
      const parameters = [...given.matchAll(/"(\w+)" (\w+)/g)].map(([, parameter = '', type = '']) => ({
        name: parameter,
        type,
      }));
      tellProcedure(world, { is: 'procedure', name: plain(name), parameters, body, rights });
    },
  ],
  [
    `DROP PROCEDURE ${NAME}(\\(.*\\))`,
    ([name, types = ''], world) => {
      const parts = plain(name).split('.');
      const told = `${parts.at(-1) ?? ''}${types} `;
      world.drop(ASK_OBJECTS.procedures(parts.slice(0, -1).join('.')), (row) =>
        String(row.arguments).startsWith(told),
      );
    },
  ],
  [
    `CREATE TASK IF NOT EXISTS ${NAME} .*SCHEDULE = '([^']*)' AS (.*)`,
    ([name, schedule = '', definition = ''], world) => {
      if (taskRow(world, plain(name)) === undefined)
        tellTask(world, { name: plain(name), schedule, definition }, 'suspended');
    },
  ],
  [
    `ALTER TASK ${NAME} (SUSPEND|RESUME)`,
    ([name, to], world) => {
      changeTask(world, plain(name), { state: to === 'RESUME' ? 'started' : 'suspended' });
    },
  ],
  [
    `ALTER TASK ${NAME} SET SCHEDULE = '([^']*)'`,
    ([name, schedule = ''], world) => {
      changeTask(world, suspended(world, plain(name)), { schedule });
    },
  ],
  [
    `ALTER TASK ${NAME} MODIFY AS (.*)`,
    ([name, definition = ''], world) => {
      changeTask(world, suspended(world, plain(name)), { definition });
    },
  ],
  [
    `DROP TASK ${NAME}`,
    ([name], world) => {
      const [schema, last] = placeOf(plain(name));
      world.drop(ASK_OBJECTS.tasks(schema), (row) => row.name === last);
    },
  ],
  [
    `INSERT INTO ${NAME} \\((.*)\\) VALUES \\((.*)\\)`,
    ([table, columns = '', values = ''], world) => {
      const names = columns.split(', ').map(plain);
      const texts = [...values.matchAll(/'((?:[^']|'')*)'/g)].map(([, text = '']) => text);
      world.add(
        ASK_OBJECTS.mapping(plain(table), names.slice(0, -1)),
        Object.fromEntries(names.map((column, at) => [column, texts[at] ?? ''])),
      );
    },
  ],
  [
    `DELETE FROM ${NAME} WHERE (.*)`,
    ([table, where = ''], world) => {
      const wanted = [...where.matchAll(/"(\w+)" = '([^']*)'/g)].map(
        ([, column = '', text]) => [column, text] as const,
      );
      const columns = wanted.map(([column]) => column).slice(0, -1);
      world.drop(ASK_OBJECTS.mapping(plain(table), columns), (row) =>
        wanted.every(([column, text]) => row[column] === text),
      );
    },
  ],
  [
    `ALTER TAG ${NAME} SET MASKING POLICY ${NAME} FORCE`,
    ([tag, policy], world) => {
      const type = typeOf(world, plain(policy));
      world.drop(
        ASK.references(world.databases),
        (row) => isOnTag(row, plain(tag)) && typeOf(world, policyOf(row)) === type,
      );
      world.add(ASK.references(world.databases), tagMaskRow(plain(tag), plain(policy)));
    },
  ],
  [
    `ALTER TAG ${NAME} UNSET MASKING POLICY ${NAME}`,
    ([tag, policy], world) => {
      world.drop(
        ASK.references(world.databases),
        (row) => isOnTag(row, plain(tag)) && policyOf(row) === plain(policy),
      );
    },
  ],
];

function settingOf(kind = '', name = '', text = ''): Setting {
  const pieces =
    /(\w+) = (\([^)]*\)|'(?:[^']|'')*'|\w+(?: START_TIMESTAMP = IMMEDIATELY)?)|(TRIGGERS) (.*)$/g;
  const properties = [...text.matchAll(pieces)].map(([, property, value, triggers, acts]) => [
    property ?? triggers ?? '',
    value ?? acts ?? '',
  ]);
  return {
    kind: kind as SettingKind,
    name: plain(name),
    fixed: '',
    properties: Object.fromEntries(properties) as Setting['properties'],
  };
}

function placeOf(name: string): readonly [string, string] {
  const parts = name.split('.');
  return [parts.slice(0, -1).join('.'), parts.at(-1) ?? ''];
}

function taskRow(world: World, name: string) {
  const [schema, last] = placeOf(name);
  return world.rows(ASK_OBJECTS.tasks(schema)).find((row) => row.name === last);
}

function changeTask(world: World, name: string, change: Readonly<Record<string, string>>): void {
  const [schema, last] = placeOf(name);
  world.update(ASK_OBJECTS.tasks(schema), (row) => row.name === last, change);
}

/** As Snowflake: a task that runs cannot be changed. */
function suspended(world: World, name: string): string {
  if (taskRow(world, name)?.state !== 'suspended') throw new Error(`${name} runs, and cannot be changed`);
  return name;
}

function isOnTag(row: ReturnType<World['rows']>[number], tag: string): boolean {
  return `${row.TAG_DATABASE}.${row.TAG_SCHEMA}.${row.TAG_NAME}` === tag;
}

function policyOf(row: ReturnType<World['rows']>[number]): string {
  return `${row.POLICY_DB}.${row.POLICY_SCHEMA}.${row.POLICY_NAME}`;
}

function typeOf(world: World, policy: string): string {
  const asked = ASK.policies('MASKING POLICY', world.databases);
  const row = world
    .rows(asked)
    .find((one) => `${one.POLICY_CATALOG}.${one.POLICY_SCHEMA}.${one.POLICY_NAME}` === policy);
  return String(row?.POLICY_RETURN_TYPE ?? policy);
}
