import type { Grantee, ObjectGrant, RoleGrant } from '../declared-account';

export function quoted(dotted: string): string {
  return dotted
    .split('.')
    .map((part) => `"${part.replaceAll('"', '""')}"`)
    .join('.');
}

export function literal(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}

/** Given by the profile (sql/production.yml, sql/development.yml) when schemachange applies a script. */
export function variable(name: string): string {
  return `{{ ${name} }}`;
}

export function grantRole({ role, to }: RoleGrant): string {
  return `GRANT ${role.type} ${quoted(role.name)} TO ${grantee(to)}`;
}

/** On all of a kind that are there, and on all that come. */
export function grantObject(grant: ObjectGrant): readonly string[] {
  const { privilege, on, object, all, to } = grant;
  if (all !== true) return [`GRANT ${privilege} ON ${on} ${quoted(object)} TO ${grantee(to)}`];
  return ['ALL', 'FUTURE'].map(
    (which) => `GRANT ${privilege} ON ${which} ${on} IN SCHEMA ${quoted(object)} TO ${grantee(to)}`,
  );
}

export function grantee({ type, name }: Grantee): string {
  return `${type} ${quoted(name)}`;
}
