import type { Failure } from '@das/pipeline';
import type { DuckDBConnection } from '@duckdb/node-api';
import { notRead, sqlMistake } from '../sql-mistake';
import { messageOf } from './message-of';

/** A statement as DuckDB's own parser reads it. */
export type SyntaxTree = Readonly<Record<string, unknown>>;

interface Serialized {
  readonly error: boolean;
  readonly error_type?: string;
  readonly error_message?: string;
  readonly error_subtype?: string;
  readonly position?: string;
  readonly statements?: readonly SyntaxTree[];
}

/** The tree of one SELECT, which is only read and not run. @throws Failure */
export async function readTree(db: DuckDBConnection, sql: string): Promise<SyntaxTree> {
  const statement = await db.prepare('SELECT json_serialize_sql($1::VARCHAR)');
  statement.bindVarchar(1, sql);
  const [[json] = []] = (await statement.runAndReadAll()).getRows();
  const { error, statements = [], ...told } = JSON.parse(String(json)) as Serialized;
  const [tree] = statements;
  if (!error && tree !== undefined && statements.length === 1) return tree;
  if (told.error_type === 'parser') throw syntaxError(sql, told);
  throw notRead(sql);
}

function syntaxError(sql: string, { error_message = '', position }: Partial<Serialized>): Failure {
  return sqlMistake(sql, messageOf(error_message, sql), { at: offsetOf(sql, position) });
}

/** DuckDB counts bytes. */
export function offsetOf(sql: string, position: string | undefined): number | undefined {
  if (position === undefined || !/^\d{1,9}$/.test(position)) return undefined;
  return Buffer.from(sql).subarray(0, Number(position)).toString().length;
}
