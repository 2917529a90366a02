import type { DeclaredAccount } from '../account-model';
import { signatureOf, type Procedure, type SettingKind } from '../account-objects';
import { literal, quoted, target } from '../sql/sql-text';
import { foundTables } from './found-tables';
import { ASK_SHARES, sharesThere } from './found-shares';
import { ASK, MOST_ROWS } from './questions';
import type { Snapshot } from './snapshot';

const ANYWHERE: readonly SettingKind[] = ['NETWORK POLICY', 'RESOURCE MONITOR', 'NOTIFICATION INTEGRATION'];

/** The names under which answers about objects are looked up again. */
export const ASK_OBJECTS = {
  /** Of a user, who is asked for by name: nobody else's name is written down. */
  settings: (kind: SettingKind, name: string): string => {
    if (kind === 'USER') return `SHOW USERS LIKE ${literal(name.replaceAll('_', '\\_'))}`;
    const plural = kind.replace(/Y$/, 'IE');
    const schema = name.split('.').slice(0, -1).join('.');
    return `SHOW ${plural}S${ANYWHERE.includes(kind) ? '' : ` IN SCHEMA ${quoted(schema)}`}`;
  },
  described: (kind: SettingKind, name: string): string => `DESCRIBE ${kind} ${quoted(name)}`,
  /** @param user - the empty text: the account */
  networkPolicy: (user: string): string =>
    `SHOW PARAMETERS LIKE 'NETWORK_POLICY' IN ${user === '' ? 'ACCOUNT' : `USER ${quoted(user)}`}`,
  attachedTo: (policy: string): string =>
    `SELECT "POLICY_KIND", "REF_ENTITY_NAME", "REF_ENTITY_DOMAIN" FROM TABLE(${quoted(databaseOf(policy))}."INFORMATION_SCHEMA".POLICY_REFERENCES(POLICY_NAME => ${literal(quoted(policy))}))`,
  policiesOf: (user: string, database: string): string =>
    `SELECT "POLICY_DB", "POLICY_SCHEMA", "POLICY_NAME", "POLICY_KIND" FROM TABLE(${quoted(database)}."INFORMATION_SCHEMA".POLICY_REFERENCES(REF_ENTITY_NAME => ${literal(quoted(user))}, REF_ENTITY_DOMAIN => 'USER'))`,
  procedures: (schema: string): string => `SHOW PROCEDURES IN SCHEMA ${quoted(schema)}`,
  procedure: (procedure: Procedure): string => `DESCRIBE ${target('PROCEDURE', signatureOf(procedure))}`,
  tasks: (schema: string): string => `SHOW TASKS IN SCHEMA ${quoted(schema)}`,
  mapping: (table: string, columns: readonly string[]): string =>
    `SELECT ${[...columns, 'ADDED_BY'].map((column) => `"${column}"`).join(', ')} FROM ${quoted(table)} LIMIT ${MOST_ROWS}`,
} as const;

/** What is asked of any account. */
export function objectQuestions(account: DeclaredAccount): readonly string[] {
  const schemas = account.databases.map(({ name }) => `${name}.OPS`);
  return [
    ...new Set([
      ...account.settings.map(({ kind, name }) => ASK_OBJECTS.settings(kind, name)),
      ASK_OBJECTS.networkPolicy(''),
      ...schemas.map(ASK_OBJECTS.procedures),
      ...schemas.map(ASK_OBJECTS.tasks),
      ASK_SHARES.shares(),
      ...account.databases.map(({ name }) => ASK_SHARES.views(name)),
      ASK_SHARES.readers(),
    ]),
  ];
}

/**
 * What is asked of what is there: Snowflake refuses to describe what is not.
 * @param answers - to `questions`
 */
export function followUps(account: DeclaredAccount, answers: Snapshot['answers']): readonly string[] {
  const there = account.settings.filter((setting) => isThere(setting, answers));
  const tables = new Set(foundTables(account, { answers }).map(({ name }) => name));
  return [
    ...there
      .filter(({ kind }) => kind !== 'RESOURCE MONITOR')
      .map(({ kind, name }) => ASK_OBJECTS.described(kind, name)),
    ...there.filter(({ kind }) => isAttachable(kind)).map(({ name }) => ASK_OBJECTS.attachedTo(name)),
    ...there
      .filter(({ kind }) => kind === 'USER')
      .flatMap(({ name }) => [
        ASK_OBJECTS.networkPolicy(name),
        ASK_OBJECTS.policiesOf(name, databaseOf(account.emergency.schema)),
      ]),
    ...proceduresOf(account)
      .filter((procedure) => isProcedureThere(procedure, answers))
      .map(ASK_OBJECTS.procedure),
    ...sharesThere(account, answers).map(({ type, name }) => ASK.grantsTo(type, name)),
    ...account.mappings
      .filter(({ table }) => tables.has(table))
      .map(({ table, columns }) => ASK_OBJECTS.mapping(table, columns)),
  ];
}

export function proceduresOf({ expiry, breakGlass }: DeclaredAccount): readonly Procedure[] {
  return [...expiry, breakGlass].flatMap(({ procedures }) => procedures);
}

/** Policies whose places POLICY_REFERENCES tells; a network policy is a parameter. */
export function isAttachable(kind: SettingKind): boolean {
  return kind === 'PASSWORD POLICY' || kind === 'SESSION POLICY' || kind === 'AUTHENTICATION POLICY';
}

export function isThere(
  { kind, name }: { readonly kind: SettingKind; readonly name: string },
  answers: Snapshot['answers'],
): boolean {
  const last = name.split('.').at(-1);
  return (answers[ASK_OBJECTS.settings(kind, name)] ?? []).some((row) => row.name === last);
}

/** SHOW PROCEDURES tells `NAME(VARCHAR, NUMBER) RETURN VARCHAR`. */
export function isProcedureThere(procedure: Procedure, answers: Snapshot['answers']): boolean {
  const schema = procedure.name.split('.').slice(0, -1).join('.');
  const told = signatureOf(procedure).slice(schema.length + 1);
  return (answers[ASK_OBJECTS.procedures(schema)] ?? []).some((row) =>
    String(row.arguments).startsWith(`${told} `),
  );
}

function databaseOf(name: string): string {
  return name.split('.')[0] ?? '';
}
