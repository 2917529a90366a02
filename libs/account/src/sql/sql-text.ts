import { identifier, literal } from '@das/governance';
import type { Grantee, ObjectGrant, RoleGrant } from '../account-model';

export { identifier, literal } from '@das/governance';

export function quoted(dotted: string): string {
  return dotted.split('.').map(identifier).join('.');
}

/** Given by the profile (sql/production.yml, sql/development.yml) when schemachange applies a script. */
export function variable(name: string): string {
  return `{{ ${name} }}`;
}

export function grantRole({ role, to }: RoleGrant): string {
  return `GRANT ${role.type} ${quoted(role.name)} TO ${grantee(to)}`;
}

/** What a privilege is on; a procedure is named with the types of its arguments. */
export function target(on: string, object: string): string {
  if (on === 'ACCOUNT') return on;
  const [name = '', types] = object.split('(');
  return `${on} ${quoted(name)}${types === undefined ? '' : `(${types}`}`;
}

/** On all of a kind that are there, and on all that come. */
export function grantObject(grant: ObjectGrant): readonly string[] {
  const { privilege, on, object, all, to } = grant;
  const one = `GRANT ${privilege} ON ${target(on, object)} TO ${grantee(to)}`;
  // sqlfluff has no grammar for privileges on tags.
  if (all !== true) return [on === 'TAG' ? `EXECUTE IMMEDIATE $$${one}$$` : one];
  return ['ALL', 'FUTURE'].map(
    (which) => `GRANT ${privilege} ON ${which} ${on} IN SCHEMA ${quoted(object)} TO ${grantee(to)}`,
  );
}

export function grantee({ type, name }: Grantee): string {
  return `${type} ${quoted(name)}`;
}

/** A list of texts; their order says nothing, so that they have one. */
export function listOf(items: readonly string[]): string {
  return `(${items.toSorted().map(literal).join(', ')})`;
}

/** Several statements as one, since one finding has one. What has dollars of its own, in a comment, would end there. */
export function atOnce(statements: readonly string[]): string {
  const block = `BEGIN\n${statements.map((statement) => `  ${statement};`).join('\n')}\nEND`;
  return `EXECUTE IMMEDIATE ${block.includes('$$') ? literal(block) : `$$${block}$$`}`;
}
