import { Failure } from '@das/pipeline';
import { nearNames } from '../near-names';
import { isNameLike } from '../sql-literals';
import { sqlMistake } from '../sql-mistake';
import { messageOf } from './message-of';
import { offsetOf } from './syntax-tree';

/** DuckDB's error, with `errors_as_json`. */
interface Told {
  readonly exception_type?: string;
  readonly exception_message?: string;
  readonly error_subtype?: string;
  readonly position?: string;
  readonly name?: string;
  readonly candidates?: string;
}

/** Of these DuckDB says only what is in the SQL and in the catalog: they come before any row is read. */
const BEFORE_READING = new Set(['Parser', 'Binder', 'Catalog']);

/** An error's message may hold what was read: of one that came while rows were, its type alone is told. */
export function classify(thrown: unknown, sql: string): Failure {
  if (thrown instanceof Failure) return thrown;
  const told = toldBy(thrown);
  const { exception_type: type, exception_message: message = '', position, name } = told;
  const at = offsetOf(sql, position);
  if (told.error_subtype === 'COLUMN_NOT_FOUND' && name !== undefined)
    return sqlMistake(
      sql,
      `there is no column ${isNameLike(name) ? name : 'of that name'}${hintOf(name, told)}`,
      {
        at,
        cause: thrown,
        ...(!isNameLike(name) && { cure: 'a string stands in single quotes' }),
      },
    );
  if (type !== undefined && BEFORE_READING.has(type))
    return sqlMistake(sql, messageOf(message, sql), { at, cause: thrown });
  if (type === 'Conversion' || type === 'Out of Range')
    return sqlMistake(sql, `a value does not have the type that is asked for (DuckDB: ${type})`, {
      at,
      cause: thrown,
      cure: 'TRY_CAST makes null of it',
    });
  if (type === 'Out of Memory')
    return new Failure('transient', 'warehouse_memory', 'the query needs more memory than there is', {
      cure: 'ask for less',
      cause: thrown,
    });
  return new Failure('unknown', 'warehouse_query', `the query failed (DuckDB: ${type ?? 'Error'})`, {
    cause: thrown,
  });
}

/** Columns that are near, or the few that there are. */
function hintOf(name: string, { candidates = '' }: Told): string {
  const columns = candidates.split(',').map((candidate) => candidate.trim());
  const known = columns.filter((column) => column !== '');
  const near = nearNames(name, known);
  const shown = near.length > 0 ? near : known;
  return shown.length === 0 ? '' : `; there is ${shown.join(', ')}`;
}

function toldBy(thrown: unknown): Told {
  const message = String((thrown as { readonly message?: unknown }).message);
  const start = message.indexOf('{');
  try {
    return JSON.parse(message.slice(start)) as Told;
  } catch {
    const type = /^\w+(?: \w+)?(?= Error:)/.exec(message)?.[0];
    return type === undefined ? {} : { exception_type: type };
  }
}
