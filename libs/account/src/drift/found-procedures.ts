import type { DeclaredAccount } from '../account-model';
import type { Procedure } from '../account-objects';
import type { ObjectFact } from './object-facts';
import { ASK_OBJECTS, isProcedureThere, proceduresOf } from './object-questions';
import type { Snapshot, SnapshotRow } from './snapshot';

/** Procedures of a schema: those that are declared with what they do, others by their names. */
export function foundProcedures(
  account: DeclaredAccount,
  schema: string,
  answers: Snapshot['answers'],
): readonly ObjectFact[] {
  const declared = proceduresOf(account).filter(
    (procedure) => procedure.name.startsWith(`${schema}.`) && isProcedureThere(procedure, answers),
  );
  const isDeclared = (row: SnapshotRow): boolean =>
    declared.some((procedure) => isProcedureThere(procedure, { [ASK_OBJECTS.procedures(schema)]: [row] }));
  return [
    ...declared.map((procedure) => described(procedure, answers[ASK_OBJECTS.procedure(procedure)] ?? [])),
    ...(answers[ASK_OBJECTS.procedures(schema)] ?? [])
      .filter((row) => row.is_builtin !== 'Y' && !isDeclared(row))
      .map((row): ObjectFact => ({
        is: 'procedure',
        name: `${schema}.${String(row.name)}`,
        parameters: parametersOf(String(row.arguments).replace(/^[^(]*|\)[^)]*$/g, '')),
        body: '',
        rights: '',
      })),
  ];
}

/** DESCRIBE PROCEDURE tells `(TO_USER VARCHAR, REASON VARCHAR)`, the body, and whose rights it has. */
function described(procedure: Procedure, rows: readonly SnapshotRow[]): ObjectFact {
  const told = (property: string): string => String(rows.find((row) => row.property === property)?.value);
  return {
    is: 'procedure',
    name: procedure.name,
    parameters: parametersOf(told('signature')),
    body: told('body'),
    rights: told('execute as').toUpperCase(),
  };
}

/** The type comes last; a list of types alone has no names. */
function parametersOf(list: string): Procedure['parameters'] {
  return list
    .replaceAll(/[()]/g, '')
    .split(',')
    .map((parameter) => parameter.trim().split(/\s+/))
    .filter(([first = '']) => first !== '')
    .map((words) => ({ name: words.slice(0, -1).join(' '), type: words.at(-1) ?? '' }));
}
