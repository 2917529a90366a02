import type { Grantee } from '../account-model';
import type { PolicyKind } from '../declared-policies';
import { objectKey, objectValue, type ObjectFact } from './object-facts';

/**
 * What an account is, one thing at a time. Declared and found facts with the same key are compared; names are dotted and
 * unquoted.
 */
export type Fact = AccessFact | ObjectFact;

/** Who may what, and what protects it. */
export type AccessFact =
  | { readonly is: 'role'; readonly name: string; readonly type: 'ROLE' | 'DATABASE ROLE' }
  | {
      /** A role that is held. */
      readonly is: 'held';
      readonly role: string;
      readonly type: 'ROLE' | 'DATABASE ROLE';
      readonly to: Grantee;
    }
  | {
      readonly is: 'privilege';
      readonly privilege: string;
      readonly on: string;
      readonly object: string;
      readonly to: Grantee;
    }
  | {
      /** On what a schema will have of a kind, such as `TABLE`. */
      readonly is: 'future';
      readonly privilege: string;
      readonly on: string;
      readonly schema: string;
      readonly to: Grantee;
    }
  | {
      readonly is: 'warehouse';
      readonly name: string;
      readonly size: string;
      readonly autoSuspendSeconds: number;
      /** The empty text: none. */
      readonly monitor: string;
    }
  | {
      readonly is: 'policy';
      readonly name: string;
      readonly kind: PolicyKind;
      readonly signature: string;
      readonly returns: string;
      readonly body: string;
    }
  | {
      /** A column has at most one policy of a kind, and so has a table. */
      readonly is: 'protection';
      readonly kind: PolicyKind;
      readonly table: string;
      readonly on: string;
      readonly columns: readonly string[];
      readonly policy: string;
    }
  | {
      readonly is: 'tag';
      readonly on: string;
      readonly object: string;
      readonly column?: string | undefined;
      readonly tag: string;
      readonly value: string;
    };

/** Facts with one key say the same thing; what they may say differently is not in it. */
export function keyOf(fact: Fact): string {
  switch (fact.is) {
    case 'role':
      return `role ${fact.type} ${fact.name}`;
    case 'held':
      return `held ${fact.type} ${fact.role} ${fact.to.type} ${fact.to.name}`;
    case 'privilege':
      return `privilege ${fact.privilege} ${tableLike(fact.on)} ${fact.object} ${fact.to.type} ${fact.to.name}`;
    case 'future':
      return `future ${fact.privilege} ${fact.on} ${fact.schema} ${fact.to.type} ${fact.to.name}`;
    case 'warehouse':
      return `warehouse ${fact.name}`;
    case 'policy':
      return `policy ${fact.name}`;
    case 'protection':
      return `protection ${fact.kind} ${fact.table} ${isOfColumn(fact.kind) ? fact.columns.join() : ''}`;
    case 'tag':
      return `tag ${fact.object} ${fact.column ?? ''} ${fact.tag}`;
    default:
      return objectKey(fact);
  }
}

/** Of others, the table has it; its columns are arguments, or name an entity. */
export function isOfColumn(kind: PolicyKind): boolean {
  return kind === 'MASKING POLICY' || kind === 'PROJECTION POLICY';
}

/** A dynamic table is told as a table in some places and not in others. */
export function tableLike(on: string): string {
  return on === 'DYNAMIC TABLE' || on === 'VIEW' ? 'TABLE' : on;
}

/** What may differ between facts of one key; empty where they are the same once their keys are. */
export function valueOf(fact: Fact): string {
  switch (fact.is) {
    case 'warehouse':
      return `${fact.size}, suspends after ${fact.autoSuspendSeconds} s, monitored by ${fact.monitor === '' ? 'nothing' : fact.monitor}`;
    case 'tag':
      return fact.value;
    case 'policy':
      return `${fact.signature} ${fact.returns} ${normal(fact.body)}`;
    case 'protection':
      // Which columns are an entity's is told nowhere.
      return fact.kind === 'AGGREGATION POLICY' ? fact.policy : `${fact.policy} (${fact.columns.join(', ')})`;
    case 'role':
    case 'held':
    case 'privilege':
    case 'future':
      return '';
    default:
      return objectValue(fact, normal);
  }
}

/** SQL without what white space says nothing; texts and names keep theirs. */
export function normal(sql: string): string {
  return sql.trim().replaceAll(/('(?:[^']|'')*'|"[^"]*")|\s+/g, (_, kept: string | undefined) => kept ?? ' ');
}

/** One kind of fact. */
export type FactOf<Is extends Fact['is']> = Extract<Fact, { readonly is: Is }>;
