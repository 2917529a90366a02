import { accountRole, type ObjectGrant } from './account-model';
import type { PolicyBook } from './declared-policies';

const MAKES: Readonly<Record<string, readonly string[]>> = {
  SILVER: ['TABLE', 'DYNAMIC TABLE', 'VIEW', 'TASK', 'STREAM'],
  GOLD: ['TABLE', 'DYNAMIC TABLE', 'VIEW', 'TASK', 'STREAM'],
  OPS: ['TABLE', 'VIEW', 'TASK', 'STREAM'],
};

/**
 * What dbt makes belongs to the role that refreshes: nobody else can replace a table. It attaches the policies and tags of
 * its domain, each by a grant of its own, and owns none of them, so that it cannot change what one does.
 */
export function refresherGrants(role: string, database: string, book: PolicyBook): readonly ObjectGrant[] {
  const to = accountRole(role);
  return [
    { privilege: 'USAGE', on: 'DATABASE', object: database, to },
    ...Object.entries(MAKES).flatMap(([schema, kinds]) =>
      ['USAGE', ...kinds.map((kind) => `CREATE ${kind}`)].map((privilege) => ({
        privilege,
        on: 'SCHEMA',
        object: `${database}.${schema}`,
        to,
      })),
    ),
    ...[...book.attachable, ...book.tags]
      .filter(({ name }) => name.startsWith(`${database}.`))
      .map(({ kind, name }) => ({ privilege: 'APPLY', on: kind, object: name, to })),
  ];
}
