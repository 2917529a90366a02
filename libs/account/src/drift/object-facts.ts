import { signatureOf, type Attachment, type Procedure, type Setting, type Task } from '../account-objects';
import { propertiesText } from '../sql/object-statements';
import { shareKey, shareValue, type ShareFact } from './share-facts';

/** What an account has beside roles, grants and what protects columns. */
export type ObjectFact =
  | ({ readonly is: 'setting' } & Setting)
  | ({ readonly is: 'attached' } & Attachment)
  | {
      /** Something that a program could get in with, beside the key that it was given. */
      readonly is: 'credential';
      readonly user: string;
      readonly what: 'PASSWORD' | 'RSA_PUBLIC_KEY_2';
    }
  | ({
      readonly is: 'procedure';
      /** Whose rights it has. */
      readonly rights: string;
    } & Procedure)
  | ({
      readonly is: 'task';
      readonly runs: boolean;
      readonly owner: string;
    } & Task)
  | {
      /** A row of a table that row access policies look into. */
      readonly is: 'mapping';
      readonly table: string;
      readonly columns: readonly string[];
      /** The role first. */
      readonly row: readonly string[];
      readonly by: string;
    }
  | ShareFact
  | {
      /** A tag has one masking policy for each type. */
      readonly is: 'tag mask';
      readonly tag: string;
      readonly type: string;
      readonly policy: string;
    };

/** As `keyOf` of all facts. */
export function objectKey(fact: ObjectFact): string {
  switch (fact.is) {
    case 'setting':
      return `setting ${fact.kind} ${fact.name}`;
    case 'attached':
      return `attached ${fact.kind} ${fact.to === '' ? 'ACCOUNT' : fact.to} ${fact.whom ?? ''}`;
    case 'credential':
      return `credential ${fact.user} ${fact.what}`;
    case 'procedure':
      return `procedure ${signatureOf(fact)}`;
    case 'task':
      return `task ${fact.name}`;
    case 'mapping':
      return `mapping ${fact.table} ${fact.row.join(' ')}`;
    case 'tag mask':
      return `tag mask ${fact.tag} ${fact.type}`;
    default:
      return shareKey(fact);
  }
}

/** As `valueOf` of all facts. @param normal - what white space says nothing in is left out of SQL */
export function objectValue(fact: ObjectFact, normal: (sql: string) => string): string {
  switch (fact.is) {
    case 'setting':
      return propertiesText(fact.properties);
    case 'attached':
    case 'tag mask':
      return fact.policy;
    case 'procedure':
      return `as ${fact.rights}: ${fact.parameters.map(({ name }) => name).join(', ')} ${normal(fact.body)}`;
    case 'task':
      return `${fact.runs ? 'runs' : 'suspended'}, ${fact.schedule.replace(/ MINUTES?$/, ' MINUTES')}: ${normal(fact.definition)}`;
    case 'credential':
    case 'mapping':
      return '';
    default:
      return shareValue(fact, normal);
  }
}
