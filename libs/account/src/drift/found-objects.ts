import type { DeclaredAccount } from '../account-model';
import type { SettingKind, SignInPolicyKind } from '../account-objects';
import { kindOf } from './found-names';
import { foundProcedures } from './found-procedures';
import { foundShareFacts } from './found-shares';
import { foundProperties } from './found-settings';
import type { ObjectFact } from './object-facts';
import { ASK_OBJECTS, isAttachable, isThere } from './object-questions';
import type { Snapshot, SnapshotRow } from './snapshot';

/** What an account answered of objects that are declared, and of what touches its databases. */
export function foundObjects(account: DeclaredAccount, snapshot: Snapshot): readonly ObjectFact[] {
  const { answers } = snapshot;
  const there = account.settings.filter((setting) => isThere(setting, answers));
  const users = there.filter(({ kind }) => kind === 'USER').map(({ name }) => name);
  return [
    ...there.map((setting): ObjectFact => ({
      ...setting,
      is: 'setting',
      properties: foundProperties(setting, answers),
    })),
    ...there
      .filter(({ kind }) => isAttachable(kind))
      .flatMap(({ kind, name }) => attachmentsOf(kind, name, account, answers)),
    ...['', ...users].flatMap((user) => networkPolicyOf(user, answers)),
    ...users.flatMap((user) => [
      ...ownPolicies(user, account, answers),
      ...credentials(user, answers[ASK_OBJECTS.described('USER', user)] ?? []),
    ]),
    ...account.databases.flatMap(({ name }) => [
      ...foundProcedures(account, `${name}.OPS`, answers),
      ...(answers[ASK_OBJECTS.tasks(`${name}.OPS`)] ?? []).map((row) => task(row, `${name}.OPS`)),
    ]),
    ...account.mappings.flatMap(({ table, columns }) =>
      (answers[ASK_OBJECTS.mapping(table, columns)] ?? []).map((row): ObjectFact => ({
        is: 'mapping',
        table,
        columns,
        row: columns.map((column) => String(row[column])),
        by: String(row.ADDED_BY),
      })),
    ),
    ...foundShareFacts(account, snapshot),
  ];
}

/** Where a policy of ours is; for which type of users of the account, its declaration says. */
function attachmentsOf(
  kind: SettingKind,
  policy: string,
  { attachments }: DeclaredAccount,
  answers: Snapshot['answers'],
): readonly ObjectFact[] {
  return (answers[ASK_OBJECTS.attachedTo(policy)] ?? []).map((row): ObjectFact => {
    const to = row.REF_ENTITY_DOMAIN === 'ACCOUNT' ? '' : String(row.REF_ENTITY_NAME);
    const declared = attachments.find((one) => one.policy === policy && one.to === to);
    return { is: 'attached', kind: kind as SignInPolicyKind, policy, to, whom: declared?.whom };
  });
}

/** What a parameter of somebody else's level says is not theirs. */
function networkPolicyOf(user: string, answers: Snapshot['answers']): readonly ObjectFact[] {
  const level = user === '' ? 'ACCOUNT' : 'USER';
  return (answers[ASK_OBJECTS.networkPolicy(user)] ?? [])
    .filter((row) => row.level === level && (row.value ?? '') !== '')
    .map(({ value }) => ({ is: 'attached', kind: 'NETWORK POLICY', policy: String(value), to: user }));
}

/** A program's own policies go before those of the account. */
function ownPolicies(
  user: string,
  { emergency }: DeclaredAccount,
  answers: Snapshot['answers'],
): readonly ObjectFact[] {
  const asked = ASK_OBJECTS.policiesOf(user, emergency.schema.split('.')[0] ?? '');
  return (answers[asked] ?? []).flatMap((row): readonly ObjectFact[] => {
    const kind = kindOf(row.POLICY_KIND) as SettingKind;
    if (!isAttachable(kind)) return [];
    const policy = `${row.POLICY_DB}.${row.POLICY_SCHEMA}.${row.POLICY_NAME}`;
    return [{ is: 'attached', kind: kind as SignInPolicyKind, policy, to: user }];
  });
}

/** A key beside the one that was deployed is there while keys are rotated, and a way in at any other time. */
function credentials(user: string, described: readonly SnapshotRow[]): readonly ObjectFact[] {
  const has = (property: string): boolean => {
    const value = described.find((row) => row.property === property)?.property_value;
    return value !== undefined && value !== null && value !== '' && value !== 'null';
  };
  return [
    ...(has('PASSWORD') ? [{ is: 'credential', user, what: 'PASSWORD' } as const] : []),
    ...(has('RSA_PUBLIC_KEY_2_FP') ? [{ is: 'credential', user, what: 'RSA_PUBLIC_KEY_2' } as const] : []),
  ];
}

function task(row: SnapshotRow, schema: string): ObjectFact {
  return {
    is: 'task',
    name: `${schema}.${String(row.name)}`,
    schedule: String(row.schedule),
    definition: String(row.definition),
    runs: row.state === 'started',
    owner: String(row.owner),
  };
}
