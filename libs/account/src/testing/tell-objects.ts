import { signatureOf, type Attachment, type Setting, type Task } from '../account-objects';
import { ASK_OBJECTS, isAttachable } from '../drift/object-questions';
import type { FactOf } from '../drift/facts';
import type { SnapshotRow } from '../drift/snapshot';
import type { World } from './world';

/** What SHOW and DESCRIBE would answer of an object, in the columns that Snowflake documents. */
export function tellSetting(world: World, { kind, name, properties }: Setting): void {
  const shown = ASK_OBJECTS.settings(kind, name);
  const last = name.split('.').at(-1) ?? '';
  world.drop(shown, (row) => row.name === last);
  world.add(shown, kind === 'RESOURCE MONITOR' ? { name: last, ...monitorRow(properties) } : { name: last });
  const asked = ASK_OBJECTS.described(kind, name);
  if (kind !== 'RESOURCE MONITOR') world.answer(asked, describedRows(kind, last, properties));
  if (isAttachable(kind)) world.answer(ASK_OBJECTS.attachedTo(name));
  if (kind === 'USER') {
    world.answer(ASK_OBJECTS.networkPolicy(name), [
      { key: 'NETWORK_POLICY', value: 'FROM_PEOPLE', default: '', level: 'ACCOUNT' },
    ]);
    world.answer(ASK_OBJECTS.policiesOf(name, world.databases[0] ?? ''));
  }
}

/** ALTER … SET. */
export function setTold(world: World, { kind, name, properties }: Setting): void {
  const last = name.split('.').at(-1);
  if (kind === 'RESOURCE MONITOR') {
    world.update(ASK_OBJECTS.settings(kind, name), (row) => row.name === last, monitorRow(properties));
    return;
  }
  const asked = ASK_OBJECTS.described(kind, name);
  for (const row of describedRows(kind, last ?? '', properties)) {
    const key = 'property' in row ? 'property' : 'value' in row ? 'name' : undefined;
    if (key === undefined) world.update(asked, () => true, row);
    else {
      world.drop(asked, (one) => one[key] === row[key]);
      world.add(asked, row);
    }
  }
}

function describedRows(
  kind: Setting['kind'],
  name: string,
  properties: Setting['properties'],
): readonly SnapshotRow[] {
  const told = Object.entries(properties).map(
    ([property, sql]) => [property, toldValue(property, sql)] as const,
  );
  switch (kind) {
    case 'NETWORK POLICY':
      return told.map(([property, value]) => ({ name: property, value }));
    case 'NETWORK RULE':
    case 'SESSION POLICY':
      return [
        { name, ...Object.fromEntries(told.map(([property, value]) => [property.toLowerCase(), value])) },
      ];
    case 'USER':
    case 'NOTIFICATION INTEGRATION':
      // Of a second key, its fingerprint.
      return told.map(([property, value]) => ({
        property: property === 'RSA_PUBLIC_KEY_2' ? 'RSA_PUBLIC_KEY_2_FP' : property,
        property_value: value,
      }));
    default:
      return told.map(([property, value]) => ({ property, value }));
  }
}

function toldValue(property: string, sql: string): string {
  if (!sql.startsWith('(')) return sql.replace(/^'(.*)'$/, '$1').replaceAll("''", "'");
  const items = [...sql.matchAll(/'((?:[^']|'')*)'/g)].map(([, item = '']) => item);
  if (property === 'ALLOWED_NETWORK_RULE_LIST')
    return JSON.stringify(items.map((rule) => ({ fullyQualifiedRuleName: rule })));
  if (property === 'VALUE_LIST' || property === 'ALLOWED_RECIPIENTS' || property === 'ALLOWED_IP_LIST')
    return items.join(',');
  return property === 'AUTHENTICATION_METHODS' ? `[${items.join(', ')}]` : JSON.stringify(items);
}

function monitorRow(properties: Setting['properties']): SnapshotRow {
  const row: Record<string, string> = {};
  const { CREDIT_QUOTA, FREQUENCY, TRIGGERS } = properties;
  if (CREDIT_QUOTA !== undefined) row.credit_quota = `${CREDIT_QUOTA}.00`;
  if (FREQUENCY !== undefined) row.frequency = FREQUENCY.split(' ')[0] ?? '';
  if (TRIGGERS === undefined) return row;
  const at = (act: string): string =>
    [...TRIGGERS.matchAll(new RegExp(`ON (\\d+) PERCENT DO ${act}(?= |$)`, 'g'))]
      .map(([, percent]) => `${percent}%`)
      .join(',');
  return {
    ...row,
    notify_at: at('NOTIFY'),
    suspend_at: at('SUSPEND'),
    suspend_immediately_at: at('SUSPEND_IMMEDIATE'),
  };
}

export function tellAttached(world: World, { kind, policy, to, whom }: Attachment): void {
  forgetAttached(world, { kind, to, whom });
  if (kind === 'NETWORK POLICY') {
    const level = to === '' ? 'ACCOUNT' : 'USER';
    world.answer(ASK_OBJECTS.networkPolicy(to), [
      { key: 'NETWORK_POLICY', value: policy, default: '', level },
    ]);
    return;
  }
  const told = kind.replaceAll(' ', '_');
  if (world.isAsked(ASK_OBJECTS.attachedTo(policy)))
    world.add(ASK_OBJECTS.attachedTo(policy), {
      POLICY_KIND: told,
      REF_ENTITY_NAME: to === '' ? 'BROOK' : to,
      REF_ENTITY_DOMAIN: to === '' ? 'ACCOUNT' : 'USER',
    });
  const [database, schema, name] = policy.split('.');
  if (to !== '')
    world.add(ASK_OBJECTS.policiesOf(to, world.databases[0] ?? ''), {
      POLICY_DB: database ?? null,
      POLICY_SCHEMA: schema ?? null,
      POLICY_NAME: name ?? null,
      POLICY_KIND: told,
    });
}

/** What is attached of a kind goes; of the account's, what is for the same users. */
export function forgetAttached(world: World, { kind, to, whom }: Omit<Attachment, 'policy'>): void {
  if (kind === 'NETWORK POLICY') {
    const inherited = to === '' ? { value: '', level: '' } : { value: 'FROM_PEOPLE', level: 'ACCOUNT' };
    world.answer(ASK_OBJECTS.networkPolicy(to), [{ key: 'NETWORK_POLICY', default: '', ...inherited }]);
    return;
  }
  const { attachments, settings } = world.account;
  const policies =
    to === ''
      ? attachments.filter((one) => one.kind === kind && one.to === '' && one.whom === whom)
      : settings.filter((one) => one.kind === kind).map(({ name }) => ({ policy: name }));
  for (const { policy } of policies)
    if (world.isAsked(ASK_OBJECTS.attachedTo(policy)))
      world.drop(ASK_OBJECTS.attachedTo(policy), (row) =>
        to === '' ? row.REF_ENTITY_DOMAIN === 'ACCOUNT' : row.REF_ENTITY_NAME === to,
      );
  if (to !== '')
    world.drop(
      ASK_OBJECTS.policiesOf(to, world.databases[0] ?? ''),
      (row) => row.POLICY_KIND === kind.replaceAll(' ', '_'),
    );
}

export function tellProcedure(world: World, fact: FactOf<'procedure'>): void {
  const schema = fact.name.split('.').slice(0, -1).join('.');
  const called = signatureOf(fact).slice(schema.length + 1);
  const shown = ASK_OBJECTS.procedures(schema);
  world.drop(shown, (row) => String(row.arguments).startsWith(`${called} `));
  world.add(shown, {
    name: fact.name.split('.').at(-1) ?? '',
    is_builtin: 'N',
    arguments: `${called} RETURN VARCHAR`,
  });
  const given = fact.parameters.map(({ name, type }) => `${name} ${type}`).join(', ');
  world.answer(ASK_OBJECTS.procedure(fact), [
    { property: 'signature', value: `(${given})` },
    { property: 'returns', value: 'VARCHAR(16777216)' },
    { property: 'language', value: 'SQL' },
    { property: 'execute as', value: fact.rights },
    { property: 'body', value: fact.body },
  ]);
}

export function tellTask(
  world: World,
  task: Task,
  state: 'started' | 'suspended',
  owner = 'ACCOUNTADMIN',
): void {
  const [database, schema, name = ''] = task.name.split('.');
  const shown = ASK_OBJECTS.tasks(`${database}.${schema}`);
  world.drop(shown, (row) => row.name === name);
  world.add(shown, { name, schedule: task.schedule, definition: task.definition, state, owner });
}
