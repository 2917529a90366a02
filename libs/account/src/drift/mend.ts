import { grantee, literal, quoted, target } from '../sql/sql-text';
import { isOfColumn, type Fact, type FactOf } from './facts';
import { changeShared } from './mend-shares';
import type { Mending } from './mending';
import type { ShareFact } from './share-facts';
import { createObject, removeObject, resetSetting } from './mend-objects';

/** Something is declared and missing. */
export function create(fact: Fact): Mending {
  return { statement: creation(fact), destructive: false };
}

function creation(fact: Fact): string {
  switch (fact.is) {
    case 'role':
      return `CREATE ${fact.type} IF NOT EXISTS ${quoted(fact.name)}`;
    case 'held':
      return `GRANT ${fact.type} ${quoted(fact.role)} TO ${grantee(fact.to)}`;
    case 'privilege':
      return `GRANT ${fact.privilege} ON ${target(fact.on, fact.object)} TO ${grantee(fact.to)}`;
    case 'future':
      return `GRANT ${fact.privilege} ON FUTURE ${fact.on}S IN SCHEMA ${quoted(fact.schema)} TO ${grantee(fact.to)}`;
    case 'warehouse':
      return `CREATE WAREHOUSE IF NOT EXISTS ${quoted(fact.name)} WAREHOUSE_SIZE = '${fact.size}' AUTO_SUSPEND = ${fact.autoSuspendSeconds} AUTO_RESUME = TRUE INITIALLY_SUSPENDED = TRUE RESOURCE_MONITOR = ${quoted(fact.monitor)}`;
    case 'policy':
      return `CREATE ${fact.kind} IF NOT EXISTS ${policyDefinition(fact)}`;
    case 'protection':
      return attach(fact);
    case 'tag':
      return `${alterTagged(fact)} SET TAG ${quoted(fact.tag)} = ${literal(fact.value)}`;
    default:
      return createObject(fact);
  }
}

/** Something is there that nobody declared. */
export function remove(fact: Fact): Mending {
  return { statement: removal(fact), destructive: true };
}

function removal(fact: Fact): string {
  switch (fact.is) {
    case 'role':
      return `DROP ${fact.type} ${quoted(fact.name)}`;
    case 'held':
      return `REVOKE ${fact.type} ${quoted(fact.role)} FROM ${grantee(fact.to)}`;
    case 'privilege':
      // Ownership is not revoked: it goes to whoever deploys.
      return fact.privilege === 'OWNERSHIP'
        ? `GRANT OWNERSHIP ON ${target(fact.on, fact.object)} TO ROLE "ACCOUNTADMIN" COPY CURRENT GRANTS`
        : `REVOKE ${fact.privilege} ON ${target(fact.on, fact.object)} FROM ${grantee(fact.to)}`;
    case 'future':
      return `REVOKE ${fact.privilege} ON FUTURE ${fact.on}S IN SCHEMA ${quoted(fact.schema)} FROM ${grantee(fact.to)}`;
    case 'warehouse':
      return `DROP WAREHOUSE ${quoted(fact.name)}`;
    case 'policy':
      return `DROP ${fact.kind} ${quoted(fact.name)}`;
    case 'protection':
      if (isOfColumn(fact.kind)) return `${alterColumn(fact)} UNSET ${fact.kind}`;
      return fact.kind === 'ROW ACCESS POLICY'
        ? `ALTER ${fact.on} ${quoted(fact.table)} DROP ROW ACCESS POLICY ${quoted(fact.policy)}`
        : `ALTER ${fact.on} ${quoted(fact.table)} UNSET ${fact.kind}`;
    case 'tag':
      return `${alterTagged(fact)} UNSET TAG ${quoted(fact.tag)}`;
    default:
      return removeObject(fact);
  }
}

/** Something is otherwise than declared. */
export function change(declared: Fact, found: Fact): Mending {
  if (declared.is === 'warehouse' && found.is === 'warehouse') return alterWarehouse(declared, found);
  if (declared.is === 'policy' && found.is === 'policy') return alterPolicy(declared, found);
  if (declared.is === 'protection' && found.is === 'protection')
    return { statement: reattach(declared, found), destructive: false };
  if (declared.is === 'setting' && found.is === 'setting')
    return { statement: resetSetting(declared, found), destructive: false };
  const shared = isShared(declared) && isShared(found) ? changeShared(declared, found) : undefined;
  return shared ?? create(declared);
}

function isShared(fact: Fact): fact is ShareFact {
  return fact.is === 'share' || fact.is === 'shared view' || fact.is === 'reader';
}

function alterWarehouse(declared: FactOf<'warehouse'>, found: FactOf<'warehouse'>): Mending {
  const properties = [
    ...(declared.size === found.size ? [] : [`WAREHOUSE_SIZE = '${declared.size}'`]),
    ...(declared.autoSuspendSeconds === found.autoSuspendSeconds
      ? []
      : [`AUTO_SUSPEND = ${declared.autoSuspendSeconds}`]),
    ...(declared.monitor === found.monitor ? [] : [`RESOURCE_MONITOR = ${quoted(declared.monitor)}`]),
  ];
  return {
    statement: `ALTER WAREHOUSE ${quoted(declared.name)} SET ${properties.join(' ')}`,
    destructive: false,
  };
}

/** A policy of other arguments cannot be altered; to replace it, it must be attached nowhere. */
function alterPolicy(declared: FactOf<'policy'>, found: FactOf<'policy'>): Mending {
  const same = declared.signature === found.signature && declared.returns === found.returns;
  return same
    ? {
        statement: `ALTER ${declared.kind} ${quoted(declared.name)} SET BODY ->\n${declared.body}`,
        destructive: false,
      }
    : { statement: `CREATE OR REPLACE ${declared.kind} ${policyDefinition(declared)}`, destructive: true };
}

function policyDefinition({ name, signature, returns, body }: FactOf<'policy'>): string {
  return `${quoted(name)} AS ${signature} RETURNS ${returns} ->\n${body}`;
}

function attach(fact: FactOf<'protection'>): string {
  const columns = `(${fact.columns.map(quoted).join(', ')})`;
  if (isOfColumn(fact.kind)) return `${alterColumn(fact)} SET ${fact.kind} ${quoted(fact.policy)}`;
  const table = `ALTER ${fact.on} ${quoted(fact.table)}`;
  if (fact.kind === 'ROW ACCESS POLICY')
    return `${table} ADD ROW ACCESS POLICY ${quoted(fact.policy)} ON ${columns}`;
  const entity = fact.columns.length === 0 ? '' : ` ENTITY KEY ${columns}`;
  return `${table} SET ${fact.kind} ${quoted(fact.policy)}${entity}`;
}

/** In one statement, so that no moment exists in which there is none. */
function reattach(declared: FactOf<'protection'>, found: FactOf<'protection'>): string {
  return declared.kind === 'ROW ACCESS POLICY'
    ? `ALTER ${declared.on} ${quoted(declared.table)} DROP ROW ACCESS POLICY ${quoted(found.policy)}, ADD ROW ACCESS POLICY ${quoted(declared.policy)} ON (${declared.columns.map(quoted).join(', ')})`
    : `${attach(declared)} FORCE`;
}

function alterColumn({ on, table, columns: [column = ''] }: FactOf<'protection'>): string {
  return `ALTER ${on} ${quoted(table)} MODIFY COLUMN ${quoted(column)}`;
}

function alterTagged({ on, object, column }: FactOf<'tag'>): string {
  return `ALTER ${on} ${quoted(object)}${column === undefined ? '' : ` MODIFY COLUMN ${quoted(column)}`}`;
}
