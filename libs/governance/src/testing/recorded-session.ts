import type { SqlSession } from '../attached/sql-session';

type Answer = Awaited<ReturnType<SqlSession['run']>>;
/** Rows, or what is thrown. */
type Answering = readonly [RegExp, readonly Readonly<Record<string, string | null>>[] | Error];

/** A session that keeps what it was asked, and answers by what a statement looks like; whatever else has no rows. */
export class RecordedSession implements SqlSession {
  readonly statements: string[] = [];

  constructor(private readonly answers: readonly Answering[] = []) {}

  async run(sql: string, options: { readonly signal?: AbortSignal } = {}): Promise<Answer> {
    options.signal?.throwIfAborted();
    this.statements.push(sql);
    const answer = this.answers.find(([pattern]) => pattern.test(sql))?.[1] ?? [];
    if (answer instanceof Error) throw answer;
    const columns = Object.keys(answer[0] ?? NO_ROWS);
    return Promise.resolve({
      columns,
      rows: answer.map((row) => columns.map((column) => row[column] ?? null)),
    });
  }
}

/** Columns that an answer without rows has, too. */
const NO_ROWS = { role: '', privilege: '', grantee_name: '', name: '', comment: '', body: '' };
