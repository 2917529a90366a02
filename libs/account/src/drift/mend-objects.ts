import {
  attachPolicy,
  createSetting,
  detachPolicy,
  dropProcedure,
  makeProcedure,
  makeTask,
  setProperties,
} from '../sql/object-statements';
import { atOnce, identifier, literal, quoted } from '../sql/sql-text';
import type { Setting } from '../account-objects';
import { createShared, removeShared } from './mend-shares';
import type { ObjectFact } from './object-facts';

/** As `creation` of all facts. */
export function createObject(fact: ObjectFact): string {
  switch (fact.is) {
    case 'setting':
      return createSetting(fact);
    case 'attached':
      return attachPolicy(fact);
    case 'procedure':
      return makeProcedure(fact);
    case 'task':
      return atOnce(makeTask(fact));
    case 'mapping':
      return `INSERT INTO ${quoted(fact.table)} (${[...fact.columns, 'ADDED_BY'].map(identifier).join(', ')}) VALUES (${[...fact.row, fact.by].map(literal).join(', ')})`;
    case 'tag mask':
      return `ALTER TAG ${quoted(fact.tag)} SET MASKING POLICY ${quoted(fact.policy)} FORCE`;
    case 'credential':
      throw new Error('nobody declares a credential');
    default:
      return createShared(fact);
  }
}

/** As `removal` of all facts. */
export function removeObject(fact: ObjectFact): string {
  switch (fact.is) {
    case 'setting':
      return `DROP ${fact.kind} ${quoted(fact.name)}`;
    case 'attached':
      return detachPolicy(fact);
    case 'credential':
      return `ALTER USER ${quoted(fact.user)} UNSET ${fact.what}`;
    case 'procedure':
      return dropProcedure(fact);
    case 'task':
      return `DROP TASK ${quoted(fact.name)}`;
    case 'mapping':
      return `DELETE FROM ${quoted(fact.table)} WHERE ${fact.columns.map((column, at) => `${identifier(column)} = ${literal(fact.row[at] ?? '')}`).join(' AND ')} AND "ADDED_BY" = ${literal(fact.by)}`;
    case 'tag mask':
      return `ALTER TAG ${quoted(fact.tag)} UNSET MASKING POLICY ${quoted(fact.policy)}`;
    default:
      return removeShared(fact);
  }
}

/** Sets what differs, and nothing else: what a monitor has counted is not counted anew. */
export function resetSetting(declared: Setting, found: Setting): string {
  const differing = Object.entries(declared.properties).filter(
    ([name, value]) => found.properties[name] !== value,
  );
  return setProperties(declared, Object.fromEntries(differing));
}
