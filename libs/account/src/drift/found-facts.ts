import { SCHEMAS, type DeclaredAccount, type Grantee } from '../account-model';
import { POLICY_KINDS, type PolicyKind } from '../declared-policies';
import { isOfColumn, type Fact, type FactOf } from './facts';
import { foundObjects } from './found-objects';
import { dotted, kindOf, objectOf } from './found-names';
import { sharesThere } from './found-shares';
import { ASK } from './questions';
import type { Snapshot, SnapshotRow } from './snapshot';

/** What an account answered, of everything that is declared or touches it. */
export function foundFacts(account: DeclaredAccount, snapshot: Snapshot): readonly Fact[] {
  const { answers } = snapshot;
  const databases = account.databases.map(({ name }) => name);
  const rows = (statement: string): readonly SnapshotRow[] => answers[statement] ?? [];
  const holders = [
    ...account.roles.map(({ name }) => ({ type: 'ROLE' as const, name })),
    ...account.databaseRoles.map(({ name }) => ({ type: 'DATABASE ROLE' as const, name })),
  ];
  const policies = POLICY_KINDS.flatMap((kind) =>
    rows(ASK.policies(kind, databases)).map((row) => policy(row, kind)),
  );
  const types = new Map(
    [...account.policies.policies, ...policies].map(({ name, returns }) => [name, returns]),
  );
  return [
    ...rows(ASK.roles()).map(({ name }): Fact => ({ is: 'role', type: 'ROLE', name: String(name) })),
    ...databases.flatMap((database) =>
      rows(ASK.databaseRoles(database)).map(({ name }): Fact => ({
        is: 'role',
        type: 'DATABASE ROLE',
        name: `${database}.${String(name)}`,
      })),
    ),
    ...holders.flatMap((to) => rows(ASK.grantsTo(to.type, to.name)).map((row) => grantTo(row, to))),
    ...sharesThere(account, answers).flatMap((to) =>
      rows(ASK.grantsTo(to.type, to.name))
        .map((row) => grantTo(row, to))
        // SHOW SHARES tells the database.
        .filter((fact) => !(fact.is === 'privilege' && fact.on === 'DATABASE')),
    ),
    ...holders.flatMap((role) => rows(ASK.grantsOf(role.type, role.name)).map((row) => holdingOf(row, role))),
    ...databases.flatMap((database) =>
      SCHEMAS.flatMap((schema) => rows(ASK.futureGrants(`${database}.${schema}`)).map(futureGrant)),
    ),
    ...rows(ASK.warehouses()).map(warehouse),
    ...rows(
      ASK.objectGrants(
        databases,
        account.warehouses.map(({ name }) => name),
      ),
    ).flatMap(outsiderGrant),
    ...policies,
    ...rows(ASK.references(databases)).map((row) => (isOnTag(row) ? tagMask(row, types) : reference(row))),
    ...rows(ASK.tags(databases)).map(tag),
    ...foundObjects(account, snapshot),
  ];
}

/** Who may have the emergency role now. */
export function openEmergencies({ emergency }: DeclaredAccount, { answers }: Snapshot): ReadonlySet<string> {
  return new Set((answers[ASK.breakGlass(emergency.schema)] ?? []).map(({ HOLDER }) => String(HOLDER)));
}

/** SHOW GRANTS TO; a role that is held is a privilege on it. */
function grantTo({ privilege, granted_on, name }: SnapshotRow, to: Grantee): Fact {
  const on = kindOf(granted_on);
  if ((on === 'ROLE' || on === 'DATABASE ROLE') && privilege === 'USAGE')
    return { is: 'held', type: on, role: dotted(String(name)), to };
  return { is: 'privilege', privilege: String(privilege), on, object: objectOf(on, String(name)), to };
}

/** SHOW GRANTS OF. */
function holdingOf({ granted_to, grantee_name }: SnapshotRow, role: Grantee): Fact {
  const type = kindOf(granted_to) as Grantee['type'];
  return {
    is: 'held',
    type: role.type as 'ROLE' | 'DATABASE ROLE',
    role: role.name,
    to: { type, name: type === 'DATABASE ROLE' ? dotted(String(grantee_name)) : String(grantee_name) },
  };
}

/** SHOW FUTURE GRANTS tells `DB.SCHEMA.<TABLE>`. */
function futureGrant({ privilege, grant_on, name, grant_to, grantee_name }: SnapshotRow): Fact {
  const type = kindOf(grant_to) as Grantee['type'];
  return {
    is: 'future',
    privilege: String(privilege),
    on: kindOf(grant_on),
    schema: dotted(String(name).replace(/\.<[^>]*>$/, '')),
    to: { type, name: type === 'DATABASE ROLE' ? dotted(String(grantee_name)) : String(grantee_name) },
  };
}

/** Of roles of the account alone: what database roles have was asked of each. */
function outsiderGrant(row: SnapshotRow): readonly Fact[] {
  if (row.GRANTED_TO !== 'ROLE') return [];
  const on = kindOf(row.GRANTED_ON);
  if (on === 'ROLE' || on === 'DATABASE ROLE') return [];
  const place = on === 'SCHEMA' ? [row.TABLE_CATALOG] : [row.TABLE_CATALOG, row.TABLE_SCHEMA];
  const parts = on === 'DATABASE' || on === 'WAREHOUSE' ? [row.NAME] : [...place, row.NAME];
  return [
    {
      is: 'privilege',
      privilege: String(row.PRIVILEGE),
      on,
      object:
        on === 'PROCEDURE'
          ? objectOf(on, parts.map((part) => `"${String(part)}"`).join('.'))
          : parts.join('.'),
      to: { type: 'ROLE', name: String(row.GRANTEE_NAME) },
    },
  ];
}

/** SHOW WAREHOUSES says X-Small for XSMALL. */
function warehouse({ name, size, auto_suspend, resource_monitor }: SnapshotRow): Fact {
  return {
    is: 'warehouse',
    name: String(name),
    size: String(size).toUpperCase().replaceAll('-', ''),
    autoSuspendSeconds: Number(auto_suspend ?? 0),
    monitor: resource_monitor === null || resource_monitor === 'null' ? '' : String(resource_monitor ?? ''),
  };
}

function policy(row: SnapshotRow, kind: PolicyKind): FactOf<'policy'> {
  return {
    is: 'policy',
    kind,
    name: `${row.POLICY_CATALOG}.${row.POLICY_SCHEMA}.${row.POLICY_NAME}`,
    signature: signatureOf(String(row.POLICY_SIGNATURE)),
    returns: String(row.POLICY_RETURN_TYPE).replace(/\(.*/, ''),
    body: String(row.POLICY_BODY),
  };
}

/** Names of arguments are told without quotes. */
function signatureOf(told: string): string {
  const args = told
    .replace(/^\(|\)$/g, '')
    .split(',')
    .filter((argument) => argument.trim() !== '')
    .map((argument) => /^"?(\w+)"? +(\w+)/.exec(argument.trim()) ?? []);
  return `(${args.map(([, name, type]) => `"${name}" ${type}`).join(', ')})`;
}

/** Told of the tag itself, and of each column that it masks. */
function isOnTag({ TAG_NAME: name }: SnapshotRow): boolean {
  return name !== null && name !== undefined;
}

/** Of a policy that is not ours, nobody told the type. */
function tagMask(row: SnapshotRow, types: ReadonlyMap<string, string>): Fact {
  const named = `${row.POLICY_DB}.${row.POLICY_SCHEMA}.${row.POLICY_NAME}`;
  return {
    is: 'tag mask',
    tag: `${row.TAG_DATABASE}.${row.TAG_SCHEMA}.${row.TAG_NAME}`,
    type: types.get(named) ?? named,
    policy: named,
  };
}

function reference(row: SnapshotRow): Fact {
  const kind = kindOf(row.POLICY_KIND) as PolicyKind;
  return {
    is: 'protection',
    kind,
    table: `${row.REF_DATABASE_NAME}.${row.REF_SCHEMA_NAME}.${row.REF_ENTITY_NAME}`,
    on: kindOf(row.REF_ENTITY_DOMAIN),
    columns: isOfColumn(kind)
      ? [String(row.REF_COLUMN_NAME)]
      : [...String(row.REF_ARG_COLUMN_NAMES ?? '').matchAll(/\w+/g)].map(([column]) => column),
    policy: `${row.POLICY_DB}.${row.POLICY_SCHEMA}.${row.POLICY_NAME}`,
  };
}

/** Of a column the domain is COLUMN, and the object its table. */
function tag(row: SnapshotRow): Fact {
  const isSchema = row.DOMAIN === 'SCHEMA';
  const place =
    row.DOMAIN === 'WAREHOUSE'
      ? []
      : isSchema
        ? [row.OBJECT_DATABASE]
        : [row.OBJECT_DATABASE, row.OBJECT_SCHEMA];
  return {
    is: 'tag',
    on: row.DOMAIN === 'COLUMN' ? 'TABLE' : kindOf(row.DOMAIN),
    object: [...place, row.OBJECT_NAME].join('.'),
    ...(row.DOMAIN === 'COLUMN' && { column: String(row.COLUMN_NAME) }),
    tag: `${row.TAG_DATABASE}.${row.TAG_SCHEMA}.${row.TAG_NAME}`,
    value: String(row.TAG_VALUE),
  };
}
